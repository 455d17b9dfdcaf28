import { expect, test } from 'vitest'
import { cancelQueries, watchQueries } from '../../../lib/kernel/execution/queries.ts'
import { within, type Run } from '../../../lib/kernel/execution/run.ts'

const runOf = (count: number): Run => ({
  parent: { msg_id: `${count}`, msg_type: 'execute_request', session: 's', username: 'u', version: '5.3', date: '' },
  count,
  silent: false,
  muted: false,
  printed: 0,
  shown: 0,
  loose: [],
})

test('a query that has not quite begun is told again until it ends, and those of other cells are not', async () => {
  class DuckDBConnection {
    told = 0
    readonly #after: number
    #end: () => void = () => undefined

    constructor(after: number) {
      this.#after = after
    }

    async run(): Promise<void> {
      return new Promise(resolve => (this.#end = resolve))
    }

    interrupt(): void {
      this.told++
      if (this.told >= this.#after) this.#end()
    }
  }
  watchQueries({ DuckDBConnection })
  const [late, other] = [new DuckDBConnection(3), new DuckDBConnection(1)]
  const [one, two] = [runOf(1), runOf(2)]
  const ended = within(one, async () => late.run())
  void within(two, async () => other.run())
  cancelQueries(one)
  await ended
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(late.told).toBe(3)
  expect(other.told).toBe(0)
})
