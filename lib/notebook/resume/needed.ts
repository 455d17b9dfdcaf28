import { tagsOf } from '../document/notebook.ts'
import type { CodeCell } from '../document/notebook.ts'
import { actsOutside, importsOf, isUnknown } from './imports.ts'
import type { Imported } from './imports.ts'
import { namesOf } from './names.ts'
import type { CellNames } from './names.ts'

/** A cell with this tag is run again whenever a later one is. */
export const ALWAYS_TAG = 'always'

/**
 * Which of the cells before `first` those from there on cannot do without. In doubt a cell is needed: a wrong result stored as good is worse
 * than a slow one. Needed is
 * - what declares or assigns a name that is mentioned, and what is mentioned there in turn;
 * - what changes such a name, or anything that may be reached from both: names that were ever declared or changed with one another in one cell
 *   may share an object. A method changes its object unless it is known not to (`map`, `toFixed` and the like);
 * - what mentions a name that may run code with an effect: a function or class of the notebook that changes anything, what is made with it, what
 *   is imported from the project's files or from a package that is not known. Such a mention counts as a change of all that the cell mentions;
 * - what may change things outside: files, programs, globals, the process.
 *
 * Functions of this package, of Arquero and of simple-statistics leave what they are given as it is.
 */
export function neededBefore(cells: readonly CodeCell[], first: number): ReadonlySet<number> {
  const names = cells.map(({ source }) => namesOf(source))
  const session = new Session(names, new Map(cells.flatMap(({ source }) => [...importsOf(source)])))
  const needed = new Set<number>()
  const wanted = new Set<string>()
  const want = (cell: CellNames | undefined): void =>
    cell?.mentions.forEach(name => {
      if (session.owners.has(name)) wanted.add(name)
    })
  names.slice(first).forEach(want)
  for (let i = first - 1; i >= 0; i--) if (tagsOf(cells[i] as CodeCell).includes(ALWAYS_TAG)) needed.add(i)
  for (const i of needed) want(names[i])
  // A function that is wanted brings names with it that a cell behind it may have assigned: until nothing is added.
  for (let before = -1; before < needed.size + wanted.size;) {
    before = needed.size + wanted.size
    const reach = session.reach(wanted)
    for (let i = first - 1; i >= 0; i--) {
      const cell = names[i] as CellNames
      const touches = [...cell.declares].some(name => wanted.has(name)) || session.changedBy(cell).some(name => reach(name))
      if (needed.has(i) || !(touches || session.actsOutside(cell))) continue
      needed.add(i)
      want(cell)
    }
  }
  return needed
}

/** What the cells know of one another. */
class Session {
  readonly owners = new Map<string, CellNames[]>()
  readonly #imports: ReadonlyMap<string, Imported>
  readonly #plain: Set<string>
  readonly #links = new Map<string, string>()
  readonly #live = new Map<string, boolean>()
  readonly #outside = new Map<string, boolean>()

  constructor(cells: readonly CellNames[], imports: ReadonlyMap<string, Imported>) {
    this.#imports = imports
    for (const cell of cells) for (const name of cell.declares) this.owners.set(name, [...(this.owners.get(name) ?? []), cell])
    this.#plain = new Set(
      [...this.owners].filter(([name, all]) => all.every(({ plain }) => plain.has(name))).map(([name]) => name),
    )
    for (const cell of cells) {
      const [one, ...others] = [...cell.declares, ...this.changedBy(cell)].some(name => this.#isShared(name))
        ? [...new Set([...cell.declares, ...cell.mentions])].filter(name => this.#isShared(name))
        : []
      for (const other of others) this.#links.set(this.#root(other), this.#root(one as string))
    }
  }

  /** Names that a cell may change. */
  changedBy(cell: CellNames): string[] {
    const changed = [...cell.changes, ...[...cell.assigns].filter(name => this.owners.has(name))]
    if ([...cell.mentions].some(name => !cell.declares.has(name) && this.#isLive(name))) changed.push(...cell.mentions)
    return changed.filter(name => this.owners.has(name) && this.#canChange(name))
  }

  actsOutside(cell: CellNames): boolean {
    return this.#effects(cell) || [...cell.mentions].some(name => this.#isOutside(name))
  }

  /** Tells of a changed name whether one of the wanted ones may be another name for the same thing, or hold it. */
  reach(wanted: ReadonlySet<string>): (name: string) => boolean {
    const roots = new Set([...wanted].filter(name => this.#isShared(name)).map(name => this.#root(name)))
    return name => wanted.has(name) || (this.#isShared(name) && roots.has(this.#root(name)))
  }

  #root(name: string): string {
    const next = this.#links.get(name)
    return next === undefined || next === name ? name : this.#root(next)
  }

  #isShared(name: string): boolean {
    return this.owners.has(name) && this.#canChange(name)
  }

  #canChange(name: string): boolean {
    const imported = this.#imports.get(name)
    return !this.#plain.has(name) && (imported === undefined || isUnknown(imported))
  }

  #effects(cell: CellNames): boolean {
    return cell.reachesOut || actsOutside(cell, this.#imports)
  }

  /** May a mention of this name run code that changes something? */
  #isLive(name: string): boolean {
    return this.#follow(name, this.#live, cell => cell.hasCode && this.#changesAnything(cell))
  }

  /** May a mention of this name run code that changes something outside? */
  #isOutside(name: string): boolean {
    return this.#follow(name, this.#outside, cell => cell.hasCode && this.#effects(cell), false)
  }

  #changesAnything(cell: CellNames): boolean {
    return [...cell.changes].some(name => this.#canChange(name)) || [...cell.assigns].some(name => this.owners.has(name))
  }

  /** Is it so of a cell that declares the name, or of one that a name mentioned there leads to? */
  #follow(name: string, known: Map<string, boolean>, isSo: (cell: CellNames) => boolean, byImport = true): boolean {
    const before = known.get(name)
    if (before !== undefined) return before
    known.set(name, false)
    const imported = this.#imports.get(name)
    const found =
      imported !== undefined
        ? byImport && isUnknown(imported)
        : !this.#plain.has(name) &&
          (this.owners.get(name) ?? []).some(
            cell => isSo(cell) || [...cell.mentions].some(each => each !== name && this.#follow(each, known, isSo, byImport)),
          )
    known.set(name, found)
    return found
  }
}
