import { tagsOf } from '../document/notebook.ts'
import type { CodeCell } from '../document/notebook.ts'
import { namesOf } from './names.ts'
import type { CellNames } from './names.ts'

/** A cell with this tag is run again whenever a later one is. */
export const ALWAYS_TAG = 'always'

/**
 * Which of the cells before `first` those from there on cannot do without: they live on names, so a cell is needed that declares, assigns or
 * changes one of those that they mention, and so are the cells that it needs itself. A function is taken not to change what it is given,
 * but for methods known to change their object (`push`, `set`, `sort` and the like).
 */
export function neededBefore(cells: readonly CodeCell[], first: number): ReadonlySet<number> {
  const names = cells.map(({ source }) => namesOf(source))
  const owners = new Map<string, CellNames>()
  for (const cell of names) for (const name of cell.declares) owners.set(name, cell)
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
      if (needed.has(i) || !(cell.reachesOut || touches(cell, owners, wanted))) continue
      needed.add(i)
      want(cell)
    }
  }
  return needed
}

/** What is changed may be known by another name: by one of those that its own cell mentions. */
function touches({ declares, changes }: CellNames, owners: ReadonlyMap<string, CellNames>, wanted: ReadonlySet<string>): boolean {
  const mayChange = [...changes].flatMap(name => [name, ...(owners.get(name)?.mentions ?? [])])
  return [...declares, ...mayChange].some(name => wanted.has(name))
}
