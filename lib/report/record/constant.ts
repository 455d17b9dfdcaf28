/** An expression whose value is not known without running it: shown as it is written, without quotes. */
export class Unvalued {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }

  toJSON(): string {
    return this.source
  }
}

/** As a reader is told it: a value in JSON, an expression as it is written. */
export const valueInWords = (value: unknown): string => (value instanceof Unvalued ? value.source : JSON.stringify(value))

const TOKEN =
  /\s*(?:(\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`)|([A-Za-z_$][\w$]*)|(\*\*|[-+*/%()[\]{},:]))/sy
const NAMED: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, Infinity, NaN }

/** What a constant expression of TypeScript comes to: literals, arrays and objects of them, and sums of numbers. Anything else is an `Unvalued`. */
export function constantOf(source: string): unknown {
  try {
    return new Reader(source).whole()
  } catch (error) {
    if (error instanceof NoConstant) return new Unvalued(source)
    throw error
  }
}

class NoConstant extends Error {}

class Reader {
  private readonly tokens: string[] = []
  private at = 0

  constructor(source: string) {
    const pattern = new RegExp(TOKEN)
    const end = source.trimEnd().length
    while (pattern.lastIndex < end) {
      const found = pattern.exec(source)
      if (found === null) throw new NoConstant()
      this.tokens.push(found[0].trim())
    }
  }

  whole(): unknown {
    const value = this.sum()
    if (this.at < this.tokens.length) throw new NoConstant()
    return value
  }

  private sum(): unknown {
    let value = this.product()
    for (let by = this.oneOf('+', '-'); by !== undefined; by = this.oneOf('+', '-')) {
      const other = this.number(this.product())
      value = by === '+' ? this.number(value) + other : this.number(value) - other
    }
    return value
  }

  private product(): unknown {
    let value = this.signed()
    for (let by = this.oneOf('*', '/', '%'); by !== undefined; by = this.oneOf('*', '/', '%')) {
      const [a, b] = [this.number(value), this.number(this.signed())]
      value = by === '*' ? a * b : by === '/' ? a / b : a % b
    }
    return value
  }

  private signed(): unknown {
    if (this.oneOf('-') !== undefined) return -this.number(this.signed())
    return this.oneOf('+') === undefined ? this.single() : this.number(this.signed())
  }

  private single(): unknown {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new NoConstant()
    if (token === '(') return this.closed(this.sum(), ')')
    if (token === '[') return this.list(']', () => this.sum())
    if (token === '{') return Object.fromEntries(this.list('}', () => this.member()))
    if (/^["'`]/.test(token)) return unquoted(token)
    if (/^[\d.]/.test(token)) return Number(token.replaceAll('_', ''))
    if (Object.hasOwn(NAMED, token)) return NAMED[token]
    throw new NoConstant()
  }

  private member(): readonly [string, unknown] {
    const key = this.tokens[this.at++] ?? ''
    if (!/^["'\w$]/.test(key) || this.oneOf(':') === undefined) throw new NoConstant()
    return [/^["']/.test(key) ? unquoted(key) : key, this.sum()]
  }

  /** Up to its end, a comma after the last allowed. */
  private list<T>(end: string, item: () => T): T[] {
    const items: T[] = []
    while (this.oneOf(end) === undefined) {
      items.push(item())
      if (this.oneOf(',') === undefined) return this.closed(items, end)
    }
    return items
  }

  private closed<T>(value: T, end: string): T {
    if (this.oneOf(end) === undefined) throw new NoConstant()
    return value
  }

  private oneOf(...wanted: readonly string[]): string | undefined {
    const token = this.tokens[this.at]
    if (token === undefined || !wanted.includes(token)) return undefined
    this.at++
    return token
  }

  private number(value: unknown): number {
    if (typeof value !== 'number') throw new NoConstant()
    return value
  }
}

const unquoted = (token: string): string =>
  token
    .slice(1, -1)
    .replace(/\\(.)/gs, (_, character: string) =>
      character === 'n' ? '\n' : character === 'r' ? '\r' : character === 't' ? '\t' : character,
    )
