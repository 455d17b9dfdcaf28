import { expect, test } from 'vitest'
import { NO_LABEL, withTooltips } from '../../../lib/report/live/tooltip-encoding.ts'

type Spec = Readonly<Record<string, unknown>>
const bar = { type: 'bar', tooltip: true }
/** What the marks of a chart say, as label and field. */
const said = (spec: Spec): readonly (readonly [unknown, unknown])[] =>
  ((withTooltips(spec, '95% interval')['encoding'] as { tooltip?: readonly Spec[] }).tooltip ?? []).map(({ title, field }) => [
    title,
    field,
  ])

test('values bear the words of their axes, names none, and a range its end', () => {
  const spec = {
    mark: bar,
    data: {
      values: [
        { from: 1, to: 2, n: 3, floor: 0, who: 'a' },
        { from: 2, to: 4, n: 1, floor: 0, who: 'b' },
      ],
    },
    encoding: {
      x: { field: 'from', type: 'quantitative', axis: { title: 'spend' } },
      x2: { field: 'to' },
      y: { field: 'n', type: 'quantitative', title: 'customers' },
      y2: { field: 'floor' },
      color: { field: 'who', type: 'nominal', legend: null },
      detail: { field: 'run' },
    },
  }
  expect(said(spec)).toEqual([
    ['spend', 'from'],
    [`${NO_LABEL}espend`, 'to'],
    ['customers', 'n'],
    [`${NO_LABEL}h3`, 'who'],
  ])
})

test('a row that has low and high says its interval, written as its value is', () => {
  const encoding = {
    x: { field: 'v', type: 'quantitative', title: 'share', axis: { format: '%' } },
    y: { field: 'who', type: 'nominal' },
  }
  const spec = { mark: bar, data: { values: [{ v: 0.5, who: 'a', low: 0.4, high: 0.6 }] }, encoding }
  const { tooltip } = withTooltips(spec, '95% interval')['encoding'] as { readonly tooltip: readonly Spec[] }
  expect(tooltip.slice(-2)).toEqual([
    { field: 'low', type: 'quantitative', title: '95% interval', format: '.1~%' },
    { field: 'high', type: 'quantitative', title: `${NO_LABEL}e95% interval`, format: '.1~%' },
  ])
})

test('layers share their words, whichever says them; those without tooltips get none', () => {
  const spec = {
    encoding: { x: { field: 'a', type: 'quantitative' } },
    layer: [
      { mark: { type: 'rule' }, encoding: { x: { field: 'b', type: 'quantitative', title: 'how far' } } },
      { mark: bar, encoding: { y: { field: 'c', type: 'ordinal' } } },
    ],
  }
  const [rule, bars] = withTooltips(spec, '')['layer'] as readonly { readonly encoding: Spec }[]
  expect(rule?.encoding['tooltip']).toBeUndefined()
  expect(bars?.encoding['tooltip']).toMatchObject([{ title: 'how far', field: 'a' }, { field: 'c' }])
})

test('days are written as the page writes them, in the time of their scale', () => {
  const encoding = { x: { field: 'd', type: 'temporal', scale: { type: 'utc' }, title: 'day' } }
  const { tooltip } = withTooltips({ mark: bar, encoding }, '')['encoding'] as { readonly tooltip: readonly Spec[] }
  expect(tooltip).toEqual([{ field: 'd', type: 'temporal', title: 'day', timeUnit: 'utcyearmonthdate', format: '%Y-%m-%d' }])
})

test('charts beside each other are seen one by one; what an author has written stays', () => {
  const own = { mark: bar, encoding: { x: { field: 'a', type: 'quantitative' }, tooltip: { field: 'a' } } }
  const plain = { mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative' } } }
  const given = { mark: bar, encoding: { x: { field: 'a', type: 'quantitative' } } }
  const { hconcat } = withTooltips({ hconcat: [own, plain, given] }, '') as { readonly hconcat: readonly Spec[] }
  expect(hconcat.slice(0, 2)).toEqual([own, plain])
  expect(hconcat[2]).toMatchObject({ encoding: { tooltip: [{ title: 'a' }] } })
})
