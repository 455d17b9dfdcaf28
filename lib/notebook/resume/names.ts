import { tokens } from './tokens.ts'
import type { Token } from './tokens.ts'

/** What a cell has to do with names, as its text shows; rather too many than too few. */
export interface CellNames {
  /** Names that it gives to later cells. */
  readonly declares: ReadonlySet<string>
  readonly mentions: ReadonlySet<string>
  /** Names that it assigns to, or on which it calls a method that is not known to leave its object as it is. */
  readonly changes: ReadonlySet<string>
  /** Names that it calls, each with what it is given. */
  readonly calls: ReadonlyMap<string, ReadonlySet<string>>
  /** It may change what has no name in the notebook: the global object, the process, a module loaded for its effect. */
  readonly reachesOut: boolean
  /** It holds functions or classes: what it declares may run them whenever it is touched. */
  readonly hasCode: boolean
  /** Names that it assigns to where the variable of a loop may be meant. */
  readonly assigns: ReadonlySet<string>
  /** Constants that are a number, a text or a truth value: nothing can change these. */
  readonly plain: ReadonlySet<string>
  /** What is called, by the first name of its chain and its last one: `fs.promises.rm()` is `fs`, `rm`. */
  readonly uses: readonly (readonly [name: string, method: string])[]
}

const KEYWORDS = new Set(['const', 'let', 'var', 'function', 'class', 'type', 'interface', 'enum', 'import'])
const ASSIGNS = /^(?:=|[-+*/%&|^]=|\*\*=|<<=|>>>?=|&&=|\|\|=|\?\?=)$/
/** Methods of texts, numbers, dates, lists, maps, promises, tables, charts, seeds and models that leave their object as it is. */
const KEEPING = new Set(
  `at charAt charCodeAt codePointAt concat endsWith entries every filter find findIndex findLast findLastIndex flat flatMap forEach get
  has includes indexOf isFinite isInteger join keys lastIndexOf localeCompare map match matchAll max min normalize padEnd padStart
  reduce reduceRight repeat replace replaceAll round search slice some split startsWith stringify subarray substring then catch finally
  toFixed toISOString toLocaleString toLowerCase toPrecision toReversed toSorted toSpliced toString toUpperCase trim trimEnd trimStart
  values valueOf with abs floor ceil sqrt exp log pow sum parse isArray fromEntries from of log info warn error table
  array column columnNames count derive explain groupby numCols numRows object objects orderby reify rename rollup sample select
  all race allSettled resolve reject json text isNaN
  child deviceName encode fit fromColumns head numericNames predict rows score take transform`.split(/\s+/),
)
/** Global objects on which methods are called that change nothing. */
const MADE_TO_BE_CALLED = new Set(
  'console Math JSON Object Promise performance Reflect Atomics Intl Number String Boolean BigInt Date Array'.split(' '),
)
const CHANGES_ITS_ARGUMENT = /^(?:assign|defineProperty|defineProperties|setPrototypeOf|set|deleteProperty|freeze|seal)$/
const MAKES_CODE = /^(?:function|class|get|set|static)$/
const OUTSIDE = new Set(['globalThis', 'global', 'process', 'eval', 'require'])

export function namesOf(source: string): CellNames {
  const all = tokens(source)
  const mentions = new Set<string>()
  for (const [i, token] of all.entries()) if (isName(token) && !isMember(all, i)) mentions.add(token.text)
  const declares = declaredIn(all)
  const inside = new Set([...loopsIn(all)].filter(name => !declares.has(name)))
  const [changes, assigns] = changedIn(all, inside)
  return {
    declares,
    mentions,
    hasCode: all.some(({ kind, text }, i) => text === '=>' || (kind === 'name' && MAKES_CODE.test(text) && !isMember(all, i))),
    assigns,
    plain: plainIn(all, declares),
    uses: usesIn(all),
    changes,
    calls: callsIn(all),
    reachesOut:
      [...mentions].some(name => OUTSIDE.has(name)) ||
      [...changes].some(name => name in globalThis && !MADE_TO_BE_CALLED.has(name)) ||
      all.some(({ kind, text }, i) => text === 'prototype' || (kind === 'sign' && ASSIGNS.test(text) && isOfGlobal(all, i))) ||
      all.some((_, i) => isBareImport(all, i)),
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

/** Variables of loops. */
function loopsIn(all: readonly Token[]): Set<string> {
  const found = all.flatMap(({ kind, text }, i) =>
    kind === 'name' && text === 'let' && all[i - 1]?.text === '(' && all[i - 2]?.text === 'for' ? boundBehind(all, i) : [],
  )
  return new Set(found.map(({ text }) => text))
}

/** Constants whose type or value shows that they are no objects. */
function plainIn(all: readonly Token[], declared: ReadonlySet<string>): Set<string> {
  const plain = new Set<string>()
  for (const [i, { kind, text }] of all.entries()) {
    const name = all[i + 1]?.text ?? ''
    if (kind !== 'name' || text !== 'const' || !declared.has(name)) continue
    const [sign, value, behind] = [all[i + 2]?.text, all[i + 3], all[i + 4]]
    const isTyped = sign === ':' && /^(?:number|string|boolean|bigint)$/.test(value?.text ?? '') && behind?.text === '='
    const isGiven = sign === '=' && (value?.kind === 'text' || /^(?:0|true|false)$/.test(value?.text ?? ''))
    const ends = behind === undefined || behind.text === ';' || behind.kind === 'name'
    if (isTyped || (isGiven && ends)) plain.add(name)
  }
  return plain
}

function usesIn(all: readonly Token[]): (readonly [string, string])[] {
  return all.flatMap((token, i) => {
    if (token.kind !== 'name' || !isCalled(all, i)) return []
    let first = i
    while (isMember(all, first) && first > 1) first -= 2
    return [[(all[first] as Token).text, token.text] as const]
  })
}

/** The names that are changed, and those that are assigned to where a variable inside is called so. */
function changedIn(all: readonly Token[], inside: ReadonlySet<string>): readonly [changes: Set<string>, assigns: Set<string>] {
  const changed = new Set<string>()
  const assigned = new Set<string>()
  for (const [i, token] of all.entries()) {
    const variable = token.kind === 'sign' ? assignedVariable(all, i) : undefined
    if (variable !== undefined && inside.has(variable)) {
      assigned.add(variable)
    } else if (token.text === '++' || token.text === '--') {
      addAround(all, i, changed)
    } else if (token.kind === 'sign' && ASSIGNS.test(token.text)) {
      if (!isInitialiser(all, i)) addLeftOf(all, i, changed)
    } else if (isMember(all, i) && isCalled(all, i) && !KEEPING.has(token.text)) {
      addLeftOf(all, i - 1, changed)
      const first = all[i + 2]
      if (CHANGES_ITS_ARGUMENT.test(token.text) && first !== undefined && isName(first)) changed.add(first.text)
    } else if (
      token.text === 'for' &&
      token.kind === 'name' &&
      all[i + 1]?.text === '(' &&
      /^(?:of|in)$/.test(all[i + 3]?.text ?? '')
    ) {
      changed.add((all[i + 2] as Token).text)
    } else if (token.text === 'delete' && token.kind === 'name' && !isMember(all, i)) {
      const target = all[i + 1]
      if (target !== undefined && isName(target)) changed.add(target.text)
    }
  }
  return [changed, assigned]
}

/** What is called by its name, with the names inside the parentheses. */
function callsIn(all: readonly Token[]): Map<string, ReadonlySet<string>> {
  const calls = new Map<string, Set<string>>()
  for (const [i, token] of all.entries()) {
    if (!isName(token) || isMember(all, i) || !isCalled(all, i)) continue
    const given = calls.get(token.text) ?? new Set<string>()
    calls.set(token.text, given)
    let depth = 0
    for (let at = i + 1; at < all.length; at++) {
      const inside = all[at] as Token
      if (/^[([{]$/.test(inside.text)) depth++
      if (/^[)\]}]$/.test(inside.text) && --depth === 0) break
      if (isName(inside) && !isMember(all, at)) given.add(inside.text)
    }
  }
  return calls
}

const isCalled = (all: readonly Token[], i: number): boolean => {
  const next = all[i + 1]?.text
  return next === '(' || (next === '?.' && all[i + 2]?.text === '(')
}

/** The name of `x` in `x += 1`, `x++` and `++x`, where it is no member of anything. */
function assignedVariable(all: readonly Token[], at: number): string | undefined {
  const sign = (all[at] as Token).text
  const [before, next] = [all[at - 1], all[at + 1]]
  const isStep = sign === '++' || sign === '--'
  if (!isStep && !ASSIGNS.test(sign)) return undefined
  if (before !== undefined && isName(before)) return isMember(all, at - 1) ? undefined : before.text
  const isWhole = isStep && next !== undefined && isName(next) && !/^(?:[.[(]|\?\.)$/.test(all[at + 2]?.text ?? '')
  return isWhole && !/^[\])]$/.test(before?.text ?? '') ? next.text : undefined
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

/** Is something of a global object's own assigned to? */
function isOfGlobal(all: readonly Token[], at: number): boolean {
  const left = new Set<string>()
  if (isMember(all, at - 1)) addLeftOf(all, at, left)
  return [...left].some(name => name in globalThis)
}

const isBareImport = (all: readonly Token[], i: number): boolean =>
  all[i]?.kind === 'name' && all[i]?.text === 'import' && all[i + 1]?.kind === 'text'

const isMember = (all: readonly Token[], i: number): boolean =>
  all[i - 1]?.kind === 'sign' && /^\??\.$/.test(all[i - 1]?.text ?? '')

const isName = ({ kind, text }: Token): boolean => kind === 'name' && !KEYWORDS.has(text)
