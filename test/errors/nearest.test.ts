import { describe, expect, test } from 'vitest'
import { nearest } from '../../lib/errors/index.ts'

describe('the name that was perhaps meant', () => {
  test.each([
    ['cutof', 'cutoff'],
    ['HORIZN', 'horizon'],
    ['horzion', 'horizon'],
  ])('%s is %s', (wanted, meant) => {
    expect(nearest(wanted, ['cutoff', 'horizon', 'model'])).toBe(meant)
  })

  test('nothing that is wholly another word', () => {
    expect(nearest('bootstrap', ['cutoff', 'horizon', 'model'])).toBeUndefined()
    expect(nearest('x', [])).toBeUndefined()
  })
})
