import { ClvError, DataError } from '../errors/index.ts'
import { fillWhole } from '../files/index.ts'

/** As `fillWhole`; `what` is how the message calls the file. Errors: `DataError` where the disk does not let it. */
export async function writeWholeFile(
  file: string,
  what: string,
  write: (partial: string) => void | Promise<void>,
): Promise<void> {
  try {
    await fillWhole(file, write)
  } catch (cause) {
    if (cause instanceof ClvError) throw cause
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    throw new DataError({
      code: 'cannot-write',
      what: `the ${what} cannot be written: ${reason}`,
      where: file,
      remedy: 'choose another place, with room; nothing was written',
      cause,
    })
  }
}
