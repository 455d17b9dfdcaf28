import fs from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** Makes a folder and those above it; Node's own recursive way never ends where the system refuses, as below /proc. Errors: the system's own. */
export async function makeFolder(folder: string): Promise<void> {
  const whole = path.resolve(folder)
  if (existsSync(whole)) return
  await makeFolder(path.dirname(whole))
  try {
    await fs.mkdir(whole)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
