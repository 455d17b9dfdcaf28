import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'

const IN_SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]*)$/
const MODULE = /\.(?:[cm]?[jt]s|json)$/

export interface PathCompletion {
  /** Whole names that may stand from `start` on. */
  readonly matches: readonly string[]
  /** How many characters before the cursor they take the place of. */
  readonly typed: number
}

/** What may stand in an import's quotes, if the cursor is there: files and folders of a path, or packages. */
export function completePath(before: string, folder: string): PathCompletion | undefined {
  const typed = IN_SPECIFIER.exec(before)?.[2]
  if (typed === undefined) return undefined
  if (!typed.startsWith('.')) return { matches: packages(folder).filter(name => name.startsWith(typed)), typed: typed.length }
  const slash = typed.lastIndexOf('/')
  if (slash < 0) return { matches: ['./', '../'].filter(start => start.startsWith(typed)), typed: typed.length }
  const part = typed.slice(slash + 1)
  return {
    matches: entries(path.resolve(folder, typed.slice(0, slash + 1))).filter(name => name.startsWith(part)),
    typed: part.length,
  }
}

function entries(folder: string): string[] {
  try {
    const found = fs
      .readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    const isFolder = (entry: fs.Dirent): boolean =>
      fs.statSync(path.join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() === true
    return found.flatMap(entry => (isFolder(entry) ? [`${entry.name}/`] : MODULE.test(entry.name) ? [entry.name] : [])).sort()
  } catch {
    return []
  }
}

/** This package, those that the nearest package.json names, and Node's own. */
function packages(folder: string): string[] {
  const names = new Set(['clvlab'])
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json')
    if (fs.existsSync(file)) {
      for (const name of dependencies(file)) names.add(name)
      break
    }
    if (path.dirname(at) === at) break
  }
  return [...[...names].sort(), ...builtinModules.filter(name => !name.startsWith('_')).map(name => `node:${name}`)]
}

function dependencies(file: string): string[] {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<
      string,
      Record<string, string> | undefined
    >
    return [...Object.keys(dependencies), ...Object.keys(devDependencies)]
  } catch {
    return []
  }
}
