import { tokens } from './tokens.ts'
import type { Token } from './tokens.ts'

/** What a cell has to do with names, as its text shows; rather too many than too few. */
export interface CellNames {
  /** Names that it gives to later cells. */
  readonly declares: ReadonlySet<string>
  readonly mentions: ReadonlySet<string>
  /** Names that it assigns to, or whose value it changes by a method known to change it. */
  readonly changes: ReadonlySet<string>
  /** It may change what has no name in the notebook: the global object, the process, a module loaded for its effect. */
  readonly reachesOut: boolean
}

const KEYWORDS = new Set(['const', 'let', 'var', 'function', 'class', 'type', 'interface', 'enum', 'import'])
const ASSIGNS = /^(?:=|[-+*/%&|^]=|\*\*=|<<=|>>>?=|&&=|\|\|=|\?\?=)$/
const CHANGING =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|append|write|assign|defineProperty|setPrototypeOf)$/
const OUTSIDE = new Set(['globalThis', 'global', 'process', 'eval', 'require'])

export function namesOf(source: string): CellNames {
  const all = tokens(source)
  const mentions = new Set<string>()
  for (const [i, token] of all.entries()) if (isName(token) && !isMember(all, i)) mentions.add(token.text)
  return {
    declares: declaredIn(all),
    mentions,
    changes: changedIn(all),
    reachesOut: [...mentions].some(name => OUTSIDE.has(name)) || all.some((_, i) => isBareImport(all, i)),
  }
}

/** Names of declarations at the outermost level; a `var` counts at any. */
function declaredIn(all: readonly Token[]): Set<string> {
  const declared = new Set<string>()
  let depth = 0
  for (const [i, { kind, text }] of all.entries()) {
    if (/^[([{]$/.test(text)) depth++
    if (/^[)\]}]$/.test(text)) depth--
    if (kind !== 'name' || !KEYWORDS.has(text) || isMember(all, i) || (depth > 0 && text !== 'var')) continue
    for (const name of text === 'import' || /^(?:const|let|var)$/.test(text) ? boundBehind(all, i) : [all[i + 1], all[i + 2]])
      if (name !== undefined && isName(name)) declared.add(name.text)
  }
  return declared
}

/** Everything named between the keyword and the value or `from`, and behind commas of the same level. */
function boundBehind(all: readonly Token[], keyword: number): Token[] {
  const bound: Token[] = []
  let depth = 0
  let isPattern = true
  for (let i = keyword + 1; i < all.length; i++) {
    const token = all[i] as Token
    if (/^[([{]$/.test(token.text)) depth++
    if (/^[)\]}]$/.test(token.text)) depth--
    if (
      depth < 0 ||
      token.text === ';' ||
      (token.kind === 'name' && KEYWORDS.has(token.text) && depth === 0 && token.text !== 'type')
    )
      break
    if (depth === 0 && (token.text === '=' || token.text === 'from' || token.text === 'of')) isPattern = false
    else if (depth === 0 && token.text === ',') isPattern = true
    else if (isPattern && isName(token)) bound.push(token)
  }
  return bound
}

function changedIn(all: readonly Token[]): Set<string> {
  const changed = new Set<string>()
  for (const [i, token] of all.entries()) {
    if (token.text === '++' || token.text === '--') {
      addAround(all, i, changed)
    } else if (token.kind === 'sign' && ASSIGNS.test(token.text)) {
      if (!isInitialiser(all, i)) addLeftOf(all, i, changed)
    } else if (isMember(all, i) && CHANGING.test(token.text)) {
      addLeftOf(all, i - 1, changed)
      const first = all[i + 2]
      if (all[i + 1]?.text === '(' && first !== undefined && isName(first)) changed.add(first.text)
    } else if (token.text === 'delete' && token.kind === 'name' && !isMember(all, i)) {
      const target = all[i + 1]
      if (target !== undefined && isName(target)) changed.add(target.text)
    }
  }
  return changed
}

/** `const x =` and `x: number =` give a name its first value. */
function isInitialiser(all: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i > at - 40; i--) {
    const { kind, text } = all[i] as Token
    if (kind === 'name' && /^(?:const|let|var)$/.test(text)) return true
    if (text === ';' || ASSIGNS.test(text) || text === '=>') return false
  }
  return false
}

/** The names that a chain of members, calls and brackets ending before a place begins with or holds. */
function addLeftOf(all: readonly Token[], place: number, changed: Set<string>): void {
  let depth = 0
  for (let i = place - 1; i >= 0; i--) {
    const token = all[i] as Token
    if (/^[)\]}]$/.test(token.text)) depth++
    else if (/^[([{]$/.test(token.text)) {
      depth--
      if (depth < 0) return
    } else if (isName(token) && !isMember(all, i)) {
      changed.add(token.text)
      if (depth === 0) return
    } else if (depth === 0 && token.kind === 'sign' && !/^(?:\.|\?\.|!)$/.test(token.text)) return
  }
}

function addAround(all: readonly Token[], at: number, changed: Set<string>): void {
  addLeftOf(all, at, changed)
  const next = all[at + 1]
  if (next !== undefined && isName(next)) changed.add(next.text)
}

const isBareImport = (all: readonly Token[], i: number): boolean =>
  all[i]?.kind === 'name' && all[i]?.text === 'import' && all[i + 1]?.kind === 'text'

const isMember = (all: readonly Token[], i: number): boolean =>
  all[i - 1]?.kind === 'sign' && /^\??\.$/.test(all[i - 1]?.text ?? '')

const isName = ({ kind, text }: Token): boolean => kind === 'name' && !KEYWORDS.has(text)
