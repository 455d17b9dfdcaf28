import { tagsOf } from '../document/notebook.ts'
import type { CodeCell } from '../document/notebook.ts'
import { namesOf } from './names.ts'
import type { CellNames } from './names.ts'

/** A cell with this tag is run again whenever a later one is. */
export const ALWAYS_TAG = 'always'

/**
 * Which of the cells before `first` those from there on cannot do without: they live on names, so a cell is needed that declares, assigns or
 * changes one of those that they mention, and so are the cells that it needs itself. A method is taken to change its object unless it is
 * known not to (`map`, `toFixed` and the like), and a function of the notebook's own to change what it is given and all that its cell
 * mentions, unless nothing is changed there. An imported function is taken to leave what it is given as it is.
 */
export function neededBefore(cells: readonly CodeCell[], first: number): ReadonlySet<number> {
  const names = cells.map(({ source }) => namesOf(source))
  const owners = new Map<string, CellNames>()
  for (const cell of names) for (const name of cell.declares) owners.set(name, cell)
  const imported = new Set(cells.flatMap(({ source }) => importedNames(source)))
  const needed = new Set<number>()
  const wanted = new Set<string>()
  const want = (cell: CellNames | undefined): void => cell?.mentions.forEach(name => owners.has(name) && wanted.add(name))
  names.slice(first).forEach(want)
  for (let i = first - 1; i >= 0; i--) if (tagsOf(cells[i] as CodeCell).includes(ALWAYS_TAG)) needed.add(i)
  for (const i of needed) want(names[i])
  // A function that is wanted brings names with it that a cell behind it may have assigned: until nothing is added.
  for (let before = -1; before < needed.size + wanted.size;) {
    before = needed.size + wanted.size
    for (let i = first - 1; i >= 0; i--) {
      const cell = names[i] as CellNames
      if (needed.has(i) || !(cell.reachesOut || touches(cell, owners, imported, wanted))) continue
      needed.add(i)
      want(cell)
    }
  }
  return needed
}

/** What is changed may be known by another name: by one of those that its own cell mentions. */
function touches(
  cell: CellNames,
  owners: ReadonlyMap<string, CellNames>,
  imported: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): boolean {
  const changed = new Set(cell.changes)
  for (const [name, given] of cell.calls) {
    if (owners.has(name) && mayChangeThings(name, owners, imported)) for (const each of [name, ...given]) changed.add(each)
  }
  const mayChange = [...changed]
    .filter(name => !imported.has(name))
    .flatMap(name => [name, ...(owners.get(name)?.mentions ?? [])])
  return [...cell.declares, ...mayChange].some(name => wanted.has(name))
}

/** May a call of this name change anything? Not where its cell changes nothing and calls nothing that may. */
function mayChangeThings(
  name: string,
  owners: ReadonlyMap<string, CellNames>,
  imported: ReadonlySet<string>,
  asked: Set<string> = new Set(),
): boolean {
  if (imported.has(name) || name in globalThis || asked.has(name)) return false
  asked.add(name)
  const owner = owners.get(name)
  if (owner === undefined) return true // it was given: whatever it is
  return (
    [...owner.changes].some(each => !imported.has(each)) ||
    [...owner.calls.keys()].some(each => each !== name && mayChangeThings(each, owners, imported, asked))
  )
}

function importedNames(source: string): string[] {
  const clauses = source.matchAll(/\bimport\s+(?:type\s+)?([^'";]*?)\s+from\b/g)
  return [...clauses].flatMap(([, clause = '']) =>
    clause
      .replace(/\b[\p{ID_Continue}$]+\s+as\s+/gu, '')
      .split(/[{},*\s]+|\bas\b/)
      .filter(name => name !== '' && name !== 'type'),
  )
}
