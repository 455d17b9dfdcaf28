import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { openLog, type EventLog, type MappedOptions } from '../../lib/data/index.ts'

/** A folder that is gone after the tests of this file, and a way to put files there. */
export function scratch(): { readonly folder: string; readonly write: (name: string, content: string | Uint8Array) => string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-data-'))
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, content: string | Uint8Array): string => {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, content)
    return file
  }
  return { folder, write }
}

export const MAP = { customer: 'id', time: 'when', amount: 'total' }

export async function withLog<T>(
  file: string,
  work: (log: EventLog) => Promise<T>,
  options: Partial<MappedOptions> & { readonly threads?: number } = {},
): Promise<T> {
  await using log = await openLog(file, { map: MAP, ...options })
  return await work(log)
}
