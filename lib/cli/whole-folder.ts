import fs from 'node:fs'
import path from 'node:path'
import { UsageError } from '../errors/index.ts'
import { isRunning } from '../files/index.ts'

/**
 * Makes a folder of packages whole or not at all: it is filled under another name, and takes the place of an old one when all is done. Errors:
 * `UsageError` where something else is in the folder, which is not touched.
 */
export function wholeFolder<T>(folder: string, dependencies: Readonly<Record<string, string>>, fill: (partial: string) => T): T {
  requireOurs(folder, Object.keys(dependencies))
  removeLeft(folder)
  const partial = `${folder}.${process.pid}.partial`
  try {
    fs.mkdirSync(partial, { recursive: true })
  } catch (error) {
    throw new UsageError({
      code: 'no-folder',
      what: `the folder cannot be made: ${(error as Error).message}`,
      where: folder,
      remedy: 'name another in XDG_CACHE_HOME, CLVLAB_TENSORFLOW or CLVLAB_WEBGPU',
    })
  }
  try {
    fs.writeFileSync(path.join(partial, 'package.json'), `${JSON.stringify({ private: true, dependencies })}\n`)
    const made = fill(partial)
    fs.rmSync(folder, { recursive: true, force: true })
    fs.renameSync(partial, folder)
    return made
  } finally {
    fs.rmSync(partial, { recursive: true, force: true })
  }
}

/** What the environment names by mistake must not be lost. */
function requireOurs(folder: string, packages: readonly string[]): void {
  if (!fs.existsSync(folder) || (fs.statSync(folder).isDirectory() && fs.readdirSync(folder).length === 0)) return
  try {
    const { dependencies = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>
    }
    const names = Object.keys(dependencies)
    if (names.length > 0 && names.every(name => packages.includes(name))) return
  } catch {
    // no folder of packages at all
  }
  throw new UsageError({
    code: 'foreign-folder',
    what: 'something else is in this folder, and it would be lost',
    where: folder,
    remedy: 'name a folder that is empty or does not exist, or remove what is there yourself',
  })
}

/** What installations that were broken off have left. */
function removeLeft(folder: string): void {
  const parent = path.dirname(folder)
  if (!fs.existsSync(parent) || !fs.statSync(parent).isDirectory()) return
  for (const name of fs.readdirSync(parent)) {
    const pid = name.startsWith(`${path.basename(folder)}.`) ? /\.(\d+)\.partial$/.exec(name)?.[1] : undefined
    if (pid !== undefined && !isRunning(Number(pid))) fs.rmSync(path.join(parent, name), { recursive: true, force: true })
  }
}
