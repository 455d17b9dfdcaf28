import type { BindingKind, Declaration } from './declarations.ts'

interface Binding {
  readonly name: string
  readonly kinds: ReadonlySet<BindingKind>
  /** The stored module of the cell that declared it. */
  readonly module: string
}

const WORDS = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu

/** What the cells so far have declared, by name: where each name's type is found. */
export class Bindings {
  readonly #byName = new Map<string, Binding>()

  add(declarations: readonly Declaration[], module: string): void {
    const kinds = new Map<string, Set<BindingKind>>()
    for (const { name, kind } of declarations) kinds.set(name, (kinds.get(name) ?? new Set()).add(kind))
    for (const [name, set] of kinds) this.#byName.set(name, { name, kinds: set, module })
  }

  names(): string[] {
    return [...this.#byName.keys()]
  }

  /**
   * One line that brings the types of earlier cells into the next: of those names that the text mentions, or of all,
   * but none that it declares itself. Variables are declared anew, because an import could not be assigned to.
   */
  prelude(text: string | undefined, except: ReadonlySet<string>): string {
    const mentioned = text === undefined ? undefined : new Set(text.match(WORDS) ?? [])
    const chosen = [...this.#byName.values()].filter(
      ({ name }) => !except.has(name) && (mentioned === undefined || mentioned.has(name)),
    )
    return chosen.map(lineFor).join(' ')
  }
}

function lineFor({ name, kinds, module }: Binding): string {
  const from = JSON.stringify(`./${module}`)
  if (!kinds.has('variable')) return `import { ${isTypeOnly(kinds) ? 'type ' : ''}${name} } from ${from};`
  return `declare let ${name}: typeof import(${from}).${name};${kinds.has('type') ? ` type ${name} = import(${from}).${name};` : ''}`
}

/** The line that makes a stored cell's names importable. */
export function exportLine(declarations: readonly Declaration[]): string {
  const kinds = new Map<string, Set<BindingKind>>()
  for (const { name, kind } of declarations) kinds.set(name, (kinds.get(name) ?? new Set()).add(kind))
  return `export { ${[...kinds].map(([name, set]) => `${isTypeOnly(set) ? 'type ' : ''}${name}`).join(', ')} };`
}

function isTypeOnly(kinds: ReadonlySet<BindingKind>): boolean {
  return kinds.size === 1 && kinds.has('type')
}
