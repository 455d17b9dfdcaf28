import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The cache of a user, of which nothing is lost when it is removed: compiled devices, and what `auto` has measured. */
export function userCache(env: Environment = process.env): string {
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'clvlab')
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
