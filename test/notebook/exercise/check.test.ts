import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ExerciseError } from '../../../lib/errors/index.ts'
import { check, todo } from '../../../lib/notebook/index.ts'
import { DISPLAY, isDisplayable, type Displayable } from '../../../lib/schema/index.ts'

function thrown(run: () => unknown): ExerciseError {
  try {
    run()
  } catch (error) {
    if (error instanceof ExerciseError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('check', () => {
  test('an answer that holds shows itself as passed', () => {
    expect(check('a share', () => true, 'a hint')[DISPLAY]()).toEqual({
      data: { 'text/plain': '✓ a share' },
      metadata: { clvlab: { check: 'a share' } },
    })
  })

  test('one that does not hold says what and gives the hint', () => {
    expect(thrown(() => check('the share of the top fifth', () => false, 'sort by spend first'))).toMatchObject({
      code: 'not-yet',
      what: 'not yet: the share of the top fifth',
      remedy: 'sort by spend first',
    })
  })

  test('one that cannot be checked is not there yet either, and says why', () => {
    const missing = undefined as unknown as readonly number[]
    expect(thrown(() => check('the shares', () => missing.length > 0, 'make a list')).what).toMatch(
      /^not yet: the shares \(Cannot read properties/,
    )
    expect(thrown(() => check('the shares', () => todo<readonly number[]>('add them up').length > 0, 'make a list')).what).toBe(
      'not yet: the shares (this is yours to write)',
    )
  })
})

describe('a check that is no check', () => {
  test.each([
    ['a promise', Promise.resolve(false), /await the answer/],
    ['a string', 'no', /compare/],
    ['nothing', undefined, /compare/],
    ['a number', 1, /compare/],
  ])('%s is no verdict', (kind, verdict, remedy) => {
    const error = thrown(() => check('the share', () => verdict as never, 'a hint'))
    expect(error).toMatchObject({ code: 'no-verdict', what: `the check "the share" says neither true nor false, but ${kind}` })
    expect(error.remedy).toMatch(remedy)
  })

  test('of a cause with a stack in its message only the first line is told', () => {
    const fail = (): never => {
      throw new Error('\nboom at\n   at foo (x.ts:1:1)')
    }
    expect(thrown(() => check('the share', fail, 'a hint')).what).toBe('not yet: the share (boom at)')
  })
})

describe('todo', () => {
  test('shown, in a cell or on the console, it says that it is yours to write', () => {
    const total: number = todo('add them up')
    expect(isDisplayable(total)).toBe(true)
    expect((total as unknown as Displayable)[DISPLAY]()).toEqual({ data: { 'text/plain': 'yours to write: add them up' } })
    expect(inspect(total)).toBe('yours to write: add them up')
    expect(format('%s and %o', 'total', [total])).toContain('yours to write: add them up')
  })

  test('compiles as any type, and says whose turn it is once it is used', () => {
    const share: number = todo('the sum of the top fifth over the sum of all')
    const shares: readonly number[] = todo('one for each customer')
    const square: (x: number) => number = todo('x times x')
    expect(thrown(() => share + 1)).toMatchObject({ code: 'to-do', remedy: 'the sum of the top fifth over the sum of all' })
    expect(thrown(() => shares.length).remedy).toBe('one for each customer')
    expect(thrown(() => [...shares]).remedy).toBe('one for each customer')
    expect(thrown(() => square(2)).remedy).toBe('x times x')
  })

  test('may be awaited, returned and compared without harm', async () => {
    const share: number = todo('later')
    expect(share === 0.94).toBe(false)
    await expect(Promise.resolve(share).then(() => 'came through')).resolves.toBe('came through')
  })
})
