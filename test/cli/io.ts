import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { main } from '../../lib/cli/index.ts'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line as `clvlab` does. */
export async function run(...argv: readonly string[]): Promise<Ran> {
  let [stdout, stderr] = ['', '']
  const code = await main(argv, { stdout: text => void (stdout += text), stderr: text => void (stderr += text), isTTY: false })
  return { code, stdout, stderr }
}

/** A folder that is gone after the tests of this file. */
export function scratchFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-cli-'))
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}
