import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const beside = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../shared')

/**
 * The path of a file or folder of the shared data folder (raw public data sets), or undefined where it is not there.
 * In CI its absence is a failure, so that a check on real data cannot vanish silently.
 */
export function shared(name: string): string | undefined {
  const file = path.join(process.env['CLVLAB_SHARED'] ?? beside, name)
  if (fs.existsSync(file)) return file
  if (process.env['CI'] !== undefined) throw new Error(`in CI the shared file ${name} must be there, but is not`)
  return undefined
}
