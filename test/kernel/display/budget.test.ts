import { describe, expect, test } from 'vitest'
import { Budget } from '../../../lib/kernel/display/budget.ts'

const page = (size: number): object => ({ data: { 'text/html': 'h'.repeat(size), 'text/plain': 'a page' } })
const NOTICE = 'a page\n[clvlab: this cell has shown more than 900000 characters; the rest is not shown]'

describe('what one cell shows', () => {
  test('stays below 1 MB in however many outputs, with one notice', () => {
    const [budget, sent] = [new Budget(), { printed: 0, shown: 0 }]
    const shown = Array.from({ length: 100 }, () => budget.fit(sent, page(500_000))).filter(bundle => bundle !== undefined)
    expect(shown.map(({ data }) => data['text/plain'])).toEqual(['a page', NOTICE])
    expect(sent.shown).toBeLessThan(1_000_000)
  })

  test('what is updated in place counts once', () => {
    const [budget, sent] = [new Budget(), { printed: 0, shown: 0 }]
    const shown = Array.from({ length: 100 }, () => budget.fit(sent, page(500_000), 'place'))
    expect(shown.every(bundle => bundle?.data['text/plain'] === 'a page')).toBe(true)
    expect(budget.fit(sent, page(500_000), 'other')?.data).toEqual({ 'text/plain': NOTICE })
  })

  test('what it has printed counts too, and a cell behind it begins anew', () => {
    const budget = new Budget()
    expect(budget.fit({ printed: 600_000, shown: 0 }, page(400_000))?.data).toEqual({ 'text/plain': NOTICE })
    expect(budget.fit({ printed: 0, shown: 0 }, page(400_000))?.data).toHaveProperty('text/html')
  })
})
