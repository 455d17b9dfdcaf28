import fs from 'node:fs'
import path from 'node:path'

/** `paths` of a tsconfig.json, and the folder that its targets are seen from. */
export interface Paths {
  readonly base: string
  readonly targets: Readonly<Record<string, readonly string[]>>
}

/**
 * The file that a specifier names by `paths`, as the compiler finds it: the exact name before patterns, of patterns the one with the
 * longest beginning, of its targets the first that exists. Undefined where none does.
 */
export function mappedFile(specifier: string, { base, targets }: Paths): string | undefined {
  const [pattern, filled] = matching(specifier, Object.keys(targets))
  const files = (targets[pattern] ?? []).map(target => sourceFile(path.resolve(base, target.replace('*', filled))))
  return files.find(file => fs.existsSync(file))
}

function matching(specifier: string, patterns: readonly string[]): readonly [pattern: string, filled: string] {
  if (patterns.includes(specifier)) return [specifier, '']
  let best: readonly [string, string] = ['', '']
  let longest = -1
  for (const pattern of patterns) {
    const [start = '', end] = pattern.split('*')
    if (end === undefined || start.length <= longest || specifier.length < start.length + end.length) continue
    if (!specifier.startsWith(start) || !specifier.endsWith(end)) continue
    longest = start.length
    best = [pattern, specifier.slice(start.length, specifier.length - end.length)]
  }
  return best
}

/** The source that the compiler takes for a file's name: `x.js` may be `x.ts`, and a name without an ending may be either. */
export function sourceFile(file: string): string {
  if (isFile(file)) return file
  const typed = file.replace(/\.([cm]?)js$/, '.$1ts')
  const candidates =
    typed === file ? [`${file}.ts`, `${file}.mts`, `${file}.js`, `${file}.mjs`, path.join(file, 'index.ts')] : [typed]
  return candidates.find(isFile) ?? file
}

const isFile = (file: string): boolean => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true
