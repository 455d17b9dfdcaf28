import fs from 'node:fs'
import path from 'node:path'
import { ClvError, DataError } from '../errors/index.ts'

/**
 * Lets `write` fill a file beside `file` and puts it in its place once it is whole and on the disk; a link stays one, and what it points to is
 * replaced. `what` is how the message calls it. Errors: `DataError` where the disk does not let it.
 */
export async function writeWholeFile(
  file: string,
  what: string,
  write: (partial: string) => void | Promise<void>,
): Promise<void> {
  const target = fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file)
  const partial = path.join(path.dirname(target), `.clvlab-${process.pid}${path.extname(target)}`)
  const remove = (): void => fs.rmSync(partial, { force: true })
  process.once('exit', remove)
  try {
    await write(partial)
    const written = fs.openSync(partial, 'r+')
    fs.fsyncSync(written)
    fs.closeSync(written)
    fs.renameSync(partial, target)
  } catch (cause) {
    throw cause instanceof ClvError ? cause : cannotWrite(file, what, cause)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function cannotWrite(file: string, what: string, cause: unknown): DataError {
  const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  return new DataError({
    code: 'cannot-write',
    what: `the ${what} cannot be written: ${reason}`,
    where: file,
    remedy: 'choose another place, with room; nothing was written',
    cause,
  })
}
