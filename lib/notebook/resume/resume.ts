import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { parseNotebook } from '../document/parse.ts'
import type { CodeCell } from '../document/notebook.ts'
import { cellKeys } from './keys.ts'
import type { KeyParts } from './keys.ts'
import { neededBefore } from './needed.ts'

/** What an earlier run leaves for this one. */
export interface Resumption {
  /** By id: cells that keep what the earlier run stored, and need not run. */
  readonly kept: ReadonlyMap<string, CodeCell>
  /** By id: what a cell's result hangs on. */
  readonly keys: ReadonlyMap<string, string>
}

/** What is stored with a cell that ran well, under `clvlab` in its metadata. */
export interface RunMark {
  readonly key: string
  /** A digest of its outputs: where somebody has cleared or edited them, the cell runs again. */
  readonly outputs: string
}

/**
 * Compares the cells to run with the notebook that an earlier run has written. Those before the first whose key is another keep their outputs; of
 * them, those run again that the rest cannot do without.
 *
 * @param earlier the earlier run's file, which need not be there
 */
export async function resumption(cells: readonly CodeCell[], earlier: string, parts: KeyParts): Promise<Resumption> {
  const keys = await cellKeys(cells, parts)
  const before = codeCellsOf(earlier)
  let first = 0
  while (first < cells.length && keys[first] !== undefined && isDone(before[first], keys[first])) first++
  const needed = first === cells.length ? new Set<number>() : neededBefore(cells, first)
  return {
    kept: new Map(cells.slice(0, first).flatMap((cell, i) => (needed.has(i) ? [] : [[cell.id, before[i] as CodeCell] as const]))),
    keys: new Map(cells.flatMap(({ id }, i) => (keys[i] === undefined ? [] : [[id, keys[i]] as const]))),
  }
}

export function runMark(key: string, outputs: CodeCell['outputs']): RunMark {
  return { key, outputs: digestOf(outputs) }
}

function isDone(cell: CodeCell | undefined, key: string | undefined): boolean {
  const mark = cell?.metadata['clvlab'] as Partial<RunMark> | undefined
  return cell !== undefined && mark?.key === key && mark?.outputs === digestOf(cell.outputs)
}

function digestOf(outputs: CodeCell['outputs']): string {
  return createHash('sha256').update(JSON.stringify(outputs, sorted)).digest('hex').slice(0, 16)
}

/** The order of an object's keys is not part of it. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** None where the file is not there or is no notebook: then nothing is left of an earlier run. */
function codeCellsOf(file: string): CodeCell[] {
  try {
    const { cells } = parseNotebook(fs.readFileSync(file, 'utf8'), file)
    return cells.filter((cell): cell is CodeCell => cell.cell_type === 'code' && cell.source.trim() !== '')
  } catch {
    return []
  }
}
