import { describe, expect, test } from 'vitest'
import { FormatError, UsageError } from '../../lib/errors/index.ts'
import { modelNamed, models, restoreModel } from '../../lib/models/index.ts'
import { Seed } from '../../lib/numeric/index.ts'
import { madeTask } from './tiny-task.ts'

describe('registry', () => {
  test('names are kebab-case and no two are alike; the baselines come first', () => {
    const names = models().map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    names.forEach(name => expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/))
    expect(names.slice(0, 4)).toEqual(['mean', 'past-spend-same-rate', 'last-period', 'rfm-cell-mean'])
    expect(names).toEqual(expect.arrayContaining(['linear', 'logistic', 'two-stage', 'bg-nbd', 'bg-nbd-gg1', 'dnn']))
  })

  test('a model is found by its name; a misspelt one is refused with the nearest', () => {
    expect(modelNamed('two-stage').title).toMatch(/Two-stage/)
    expect(() => modelNamed('bgnbd')).toThrow(UsageError)
    expect(() => modelNamed('bgnbd')).toThrow(/perhaps "bg-nbd" is meant/)
    expect(() => modelNamed('xxxxxxxxxxxx')).toThrow(/one of mean, /)
  })

  test('what a model saved is restored under its name, a stranger is refused', async () => {
    const { task } = madeTask(40)
    const fitted = await modelNamed('two-stage').fit(task, { seed: Seed.of(1) })
    expect([...restoreModel(fitted.save()).predict(task.customers, 9).rows()]).toEqual([
      ...fitted.predict(task.customers, 9).rows(),
    ])
    expect(() => restoreModel({ model: 'stranger', version: 1, state: {} })).toThrow(FormatError)
  })
})
