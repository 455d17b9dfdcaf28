import fs from 'node:fs'
import path from 'node:path'
import { ReportError } from '../errors/index.ts'
import { makeFolder, writeWhole as write } from '../files/index.ts'

/**
 * Writes a file whole or not at all, into a folder that is made where it is not there. Gives false where it held this already, or
 * text of the same essence. Errors: `ReportError` where it cannot be written; what was there stays, and nothing is left beside it.
 */
export async function writeWhole(file: string, content: string | Buffer, essence?: (text: string) => string): Promise<boolean> {
  try {
    if (fs.existsSync(file) && alike(fs.readFileSync(file), content, essence)) return false
    await makeFolder(path.dirname(file))
    await write(file, content)
    return true
  } catch (cause) {
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
