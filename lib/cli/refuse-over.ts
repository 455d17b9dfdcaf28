import fs from 'node:fs'
import path from 'node:path'
import { UsageError } from '../errors/index.ts'

/**
 * What a command reads must outlive what it writes. Errors: `UsageError` where `out` is, by whatever path, one of the files read, or lies
 * within a folder that is read. `option` is how the command line names `out`.
 */
export function refuseOver(out: string, sources: readonly string[], option = '--out'): void {
  const target = realPlace(out)
  for (const source of sources) {
    const refuse = (what: string): UsageError =>
      new UsageError({ code: 'out-is-source', what, where: `${option} ${out}`, remedy: 'write to another place' })
    const place = realPlace(source)
    if (target === place || isSame(target, place)) throw refuse(`what is read from ${source} would be overwritten`)
    if (isFolder(place) && !path.relative(place, target).startsWith('..') && !path.isAbsolute(path.relative(place, target)))
      throw refuse(`the folder ${source} is read from: nothing is written into it`)
  }
}

/** All that an event log may be read from: a file, a folder, or the folder that a manifest speaks for. */
export function sourcesOf(events: string): readonly string[] {
  return path.basename(events) === 'manifest.json' ? [events, path.dirname(realPlace(events))] : [events]
}

/** Without links, also where the last part is not there (yet): the first part that is there counts. */
function realPlace(place: string): string {
  const whole = path.resolve(place)
  try {
    return fs.realpathSync(whole)
  } catch {
    return path.dirname(whole) === whole ? whole : path.join(realPlace(path.dirname(whole)), path.basename(whole))
  }
}

/** One file under two names: a hard link, or letters of another case where the disk does not tell them apart. */
function isSame(one: string, other: string): boolean {
  if (!fs.existsSync(one) || !fs.existsSync(other)) return false
  const [a, b] = [fs.statSync(one), fs.statSync(other)]
  return a.isFile() && a.ino === b.ino && a.dev === b.dev
}

const isFolder = (place: string): boolean => fs.existsSync(place) && fs.statSync(place).isDirectory()
