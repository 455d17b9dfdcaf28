import fs from 'node:fs'
import { UsageError } from '../errors/index.ts'
import { isUntouched, readNotebook, type Edition } from '../notebook/index.ts'

/** A learner's work must not be lost: an edition replaces only its like, as it was made. Errors: `UsageError` `worked-in`. */
export async function refuseWorkedIn(file: string, edition: Edition): Promise<void> {
  if (!fs.existsSync(file) || (await isUntouchedFile(file, edition))) return
  throw new UsageError({
    code: 'worked-in',
    what: `there is a file already, and it is no ${edition} as it was made: somebody may have worked in it`,
    where: file,
    remedy: 'give --out another name, or --force to write over it',
  })
}

async function isUntouchedFile(file: string, edition: Edition): Promise<boolean> {
  try {
    return isUntouched(await readNotebook(file), edition)
  } catch {
    return false
  }
}
