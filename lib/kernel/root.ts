import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's own folder, from wherever this file runs: lib/ or dist/. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export function packageVersion(name: 'clvlab' | 'typescript'): string {
  const folder = name === 'clvlab' ? ROOT : path.join(ROOT, 'node_modules', name)
  return (JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }).version
}
