import fs from 'node:fs'
import path from 'node:path'
import { ReportError } from '../errors/index.ts'

/**
 * Writes a file whole or not at all: a temporary file beside it, then one rename. Gives false where it held this already, or
 * text of the same essence. Errors: `ReportError` where it cannot be written; what was there stays, and nothing is left beside it.
 */
export function writeWhole(file: string, content: string | Buffer, essence?: (text: string) => string): boolean {
  const part = `${file}.${process.pid}.part`
  try {
    if (fs.existsSync(file) && alike(fs.readFileSync(file), content, essence)) return false
    fs.mkdirSync(path.dirname(file), { recursive: true })
    writeThrough(part, content)
    fs.renameSync(part, file)
    return true
  } catch (cause) {
    if (fs.existsSync(part)) fs.rmSync(part)
    throw new ReportError({
      code: 'cannot-write',
      what: `the report cannot be written: ${(cause as Error).message}`,
      where: file,
      remedy: 'choose a folder that can be written to, with room left',
      cause,
    })
  }
}

function alike(old: Buffer, content: string | Buffer, essence?: (text: string) => string): boolean {
  if (essence !== undefined && typeof content === 'string') return essence(old.toString('utf8')) === essence(content)
  return old.equals(Buffer.from(content as string))
}

/** On the disk, not only handed to the system, when it returns. */
function writeThrough(file: string, content: string | Buffer): void {
  const handle = fs.openSync(file, 'w')
  try {
    fs.writeFileSync(handle, content)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
