import { textOf } from '../../notebook/wire/index.ts'

type Entry = readonly [session: number, line: number, input: string]

/** What was run since the kernel started, for `history_request`. */
export class History {
  readonly #entries: Entry[] = []

  add(count: number, text: string): void {
    this.#entries.push([0, count, text])
  }

  answer(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const chosen = this.#choose(request)
    return {
      status: 'ok',
      history: request['output'] === true ? chosen.map(([session, line, input]) => [session, line, [input, null]]) : chosen,
    }
  }

  #choose(request: Readonly<Record<string, unknown>>): Entry[] {
    const n = typeof request['n'] === 'number' ? request['n'] : Infinity
    switch (request['hist_access_type']) {
      case 'range': {
        const start = Number(request['start'] ?? 0)
        const stop = Number(request['stop'] ?? Infinity)
        return this.#entries.filter(([, line]) => line >= start && line < stop)
      }
      case 'search': {
        const pattern = glob(textOf(request['pattern'], '*'))
        const found = this.#entries.filter(([, , input]) => pattern.test(input))
        const kept =
          request['unique'] === true
            ? found.filter(([, , input], i) => found.findLastIndex(([, , other]) => other === input) === i)
            : found
        return kept.slice(-n)
      }
      default:
        return this.#entries.slice(-n)
    }
  }
}

/** A pattern with `*` and `?`, as the protocol has it. */
function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[\\s\\S]*')
      .replaceAll('?', '[\\s\\S]')}$`,
  )
}
