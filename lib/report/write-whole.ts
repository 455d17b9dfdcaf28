import fs from 'node:fs'
import path from 'node:path'

/** Writes a file whole or not at all: a temporary file beside it, then one rename. Gives false where it held this already. */
export function writeWhole(file: string, content: string | Buffer): boolean {
  const bytes = Buffer.from(content as string)
  if (fs.existsSync(file) && fs.readFileSync(file).equals(bytes)) return false
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const part = `${file}.${process.pid}.part`
  const handle = fs.openSync(part, 'w')
  try {
    fs.writeFileSync(handle, bytes)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  fs.renameSync(part, file)
  return true
}
