import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DataError, UsageError } from '../../errors/index.ts'
import { isRunning } from '../../files/index.ts'
import { makeFolders } from '../make-folders.ts'
import { removeAtExit } from '../remove-at-exit.ts'

const DAY = 86_400_000

/**
 * Lets `work` fill a new folder beside `target` and puts it in the target's place once it is whole and on the disk. What is there already is
 * replaced when it `isOwn`, and kept when anything fails. Leftovers of killed runs are removed first; a folder that a killed run had
 * moved aside is put back. Errors: `UsageError` when the target is something else, `DataError` when it cannot be written.
 */
export async function writeWholeFolder<T>(
  folder: string,
  isOwn: (folder: string) => boolean,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const target = path.resolve(folder)
  let part: string | undefined
  let keep = (): void => {}
  try {
    makeFolders(path.dirname(target))
    part = makeBeside(target)
    keep = removeAtExit(part)
    removeLeftovers(target, part)
    refuseForeign(target, isOwn)
    const result = await work(part)
    synchroniseAll(part)
    exchange(part, target)
    return result
  } catch (cause) {
    throw named(cause, target)
  } finally {
    if (part !== undefined) fs.rmSync(part, { recursive: true, force: true })
    keep()
  }
}

/** A new folder with the permissions of any other; its name tells whose it is. */
function makeBeside(target: string): string {
  for (let i = 1; ; i++) {
    const folder = `${target}.part-${host()}-${process.pid}-${i}`
    try {
      fs.mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function refuseForeign(target: string, isOwn: (folder: string) => boolean): void {
  if (!fs.existsSync(target)) return
  const refuse = (code: string, what: string): UsageError =>
    new UsageError({ code, what, where: target, remedy: 'give a new folder' })
  if (!fs.statSync(target).isDirectory()) throw refuse('no-folder', 'a file is in the way')
  if (fs.readdirSync(target).length > 0 && !isOwn(target)) throw refuse('folder-in-use', 'the folder holds something else')
}

function exchange(part: string, target: string): void {
  const old = `${part}-old`
  const had = fs.existsSync(target)
  if (had) fs.renameSync(target, old)
  try {
    fs.renameSync(part, target)
  } catch (error) {
    if (had) fs.renameSync(old, target)
    throw error
  }
  synchronise(path.dirname(target))
  if (had) fs.rmSync(old, { recursive: true, force: true })
}

/** Removes what runs left behind whose process is gone, or that is a day older than the newly made folder. */
function removeLeftovers(target: string, made: string): void {
  const parent = path.dirname(target)
  const now = fs.statSync(made).mtimeMs
  const stale = fs.readdirSync(parent).filter(name => {
    const [, owner, pid] = new RegExp(`^${escape(path.basename(target))}\\.part-(\\w+)-(\\d+)-`).exec(name) ?? []
    if (owner === undefined) return false
    return (
      (owner === host() && !isRunning(Number(pid))) ||
      now - (fs.statSync(path.join(parent, name), { throwIfNoEntry: false })?.mtimeMs ?? now) > DAY
    )
  })
  for (const name of stale.filter(each => each.endsWith('-old')))
    if (!fs.existsSync(target)) fs.renameSync(path.join(parent, name), target)
  for (const name of stale) fs.rmSync(path.join(parent, name), { recursive: true, force: true })
}

const host = (): string => os.hostname().replace(/\W/g, '') || 'host'
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function synchroniseAll(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) synchroniseAll(place)
    else synchronise(place)
  }
  synchronise(folder)
}

/** Brings a file, or a folder's list of names, to the disk. Windows has no such thing for folders. */
function synchronise(place: string): void {
  const isFolder = fs.statSync(place).isDirectory()
  if (isFolder && process.platform === 'win32') return
  const handle = fs.openSync(place, isFolder ? 'r' : 'r+')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** The system's refusal to write gets a name; all else stays what it is. */
function named(cause: unknown, target: string): unknown {
  if (!(cause instanceof Error) || !('syscall' in cause)) return cause
  const remedy = 'choose a folder that can be written, on a disk with room'
  return new DataError({
    code: 'cannot-write',
    what: `the folder cannot be written: ${cause.message}`,
    where: target,
    remedy,
    cause,
  })
}
