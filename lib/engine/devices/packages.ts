import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The cache of a user, of which nothing is lost when it is removed: compiled devices, and what `auto` has measured. */
export function userCache(env: Environment = process.env): string {
  // what is empty or no whole path counts for nothing (XDG Base Directory Specification)
  const named = env['XDG_CACHE_HOME'] ?? ''
  return path.join(path.isAbsolute(named) ? named : path.join(os.homedir(), '.cache'), 'clvlab')
}

/** A folder that the environment names, seen from where the process runs; undefined where it names none. */
export function namedFolder(variable: string, env: Environment = process.env): string | undefined {
  const named = env[variable] ?? ''
  return named === '' ? undefined : path.resolve(named)
}

/** Whether a package can be loaded from a file's folder. */
export function resolves(name: string, from: string): boolean {
  try {
    if (from.endsWith('package.json') && !fs.existsSync(from)) return false
    createRequire(from).resolve(name)
    return true
  } catch {
    return false
  }
}
