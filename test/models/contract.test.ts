import { describe, expect, test } from 'vitest'
import { FitError } from '../../lib/errors/index.ts'
import { models } from '../../lib/models/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { madeTask } from './tiny-task.ts'

const { task } = madeTask(60)

describe.each(models().map(model => [model.name, model] as const))('%s', (_, model) => {
  const fitting = model.fit(task, { seed: Seed.of(1) })

  test.each([0, -5, NaN, Infinity])('a horizon of %d days is refused by name', async horizon => {
    const fitted = await fitting
    expect(() => fitted.predict(task.customers, horizon)).toThrow(FitError)
    expect(() => fitted.predict(task.customers, horizon)).toThrow(/a horizon of .* days/)
  })

  test('a fitted model stays as it is, whatever is done to what it saved', async () => {
    const fitted = await fitting
    const before = [...fitted.predict(task.customers, 30).rows()]
    const saved = fitted.save()
    spoil(saved.state)
    spoil(saved.arrays ?? {})
    expect([...fitted.predict(task.customers, 30).rows()]).toEqual(before)
  })
})

/** Triples every number in reach. */
function spoil(value: object): void {
  const fields = value as Record<string, unknown>
  for (const [name, each] of Object.entries(fields)) {
    if (typeof each === 'number') fields[name] = 3 * each + 1
    else if (typeof each === 'object' && each !== null) spoil(each)
  }
}
