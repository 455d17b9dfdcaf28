import { isBuiltin } from 'node:module'
import type { CellNames } from './names.ts'

/** What a cell imports: each name of the notebook, where it is from, and what it is called there. */
export interface Imported {
  readonly from: string
  readonly original: string
}

/** Packages whose functions leave what they are given as it is, and remember nothing. */
const KNOWN = new Set(['clvlab', 'arquero', 'simple-statistics'])
/** But for what hands out other numbers each time that it is asked. */
const STATEFUL = new Set(['Random'])
/** Modules of Node whose functions only reckon. */
const RECKONING = /^(?:node:)?(?:path|url|util|assert|os|crypto|buffer|string_decoder|perf_hooks|querystring|timers)(?:\/|$)/
/** Functions of Node's other modules that change nothing outside. */
const READING =
  /^(?:read|exists|stat|lstat|access|realpath|createReadStream|createInterface|createHash|from|on$|then$|toString|get$|fetch)/

const CLAUSES = /\bimport\s+(type\s+)?([^'";]*?)\s+from\s*(['"])([^'"\n]+)\3/g

/** The names that a cell's `import` declarations give it, types left out. */
export function importsOf(source: string): Map<string, Imported> {
  const found = new Map<string, Imported>()
  for (const [, type, clause = '', , from = ''] of source.matchAll(CLAUSES)) {
    if (type !== undefined) continue
    for (const piece of clause.replace(/[{}]/g, ',').split(',')) {
      const words = piece.trim().split(/\s+/)
      const name = words.at(-1)
      if (name !== undefined && name !== '' && words[0] !== 'type') found.set(name, { from, original: words[0] as string })
    }
  }
  return found
}

/** May the mere mention of an imported name change things: itself, its module, what it is given? */
export function isUnknown({ from, original }: Imported): boolean {
  return !(KNOWN.has(from) && !STATEFUL.has(original)) && !isBuiltin(from)
}

/** Does a cell write files, start programs or send anything by what it calls of Node's modules? */
export function actsOutside({ uses }: CellNames, imports: ReadonlyMap<string, Imported>): boolean {
  return uses.some(([name, method]) => {
    const imported = imports.get(name)
    if (imported === undefined || !isBuiltin(imported.from) || RECKONING.test(imported.from)) return false
    return !READING.test(name === method ? imported.original : method)
  })
}
