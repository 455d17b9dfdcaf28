import { describe, expect, test } from 'vitest'
import { ExerciseError } from '../../../lib/errors/index.ts'
import { check, todo } from '../../../lib/notebook/index.ts'
import { DISPLAY } from '../../../lib/schema/index.ts'

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
    expect(check('a share', () => true, 'a hint')[DISPLAY]()).toEqual({ data: { 'text/plain': '✓ a share' } })
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

describe('todo', () => {
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
