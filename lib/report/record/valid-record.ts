import type { ComparisonRecord } from '../../schema/index.ts'
import { dataFacts } from './data-facts.ts'
import type { Packed } from './packed.ts'
import type { RunRecord } from './run-record.ts'

/** A record as it stands in a page. */
export type WrittenRecord = Omit<RunRecord, 'comparisons'> & { readonly comparisons: readonly Packed[] }

type Test = (value: unknown) => boolean

const text: Test = value => typeof value === 'string'
const count: Test = value => Number.isInteger(value) && (value as number) >= 0
const number: Test = value => value === null || (typeof value === 'number' && Number.isFinite(value))
const maybe =
  (test: Test): Test =>
  value =>
    value === undefined || test(value)
const either =
  (...values: readonly unknown[]): Test =>
  value =>
    values.includes(value)
const list =
  (test: Test): Test =>
  value =>
    Array.isArray(value) && value.every(test)
const each =
  (test: Test): Test =>
  value =>
    isObject(value) && Object.values(value).every(test)
const shape =
  (tests: Readonly<Record<string, Test>>): Test =>
  value =>
    isObject(value) && Object.entries(tests).every(([key, test]) => test(value[key]))
/** The last may be missing. */
const row =
  (tests: readonly Test[]): Test =>
  value =>
    Array.isArray(value) && value.length <= tests.length && tests.every((test, i) => test(value[i]))

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const better = either('higher', 'lower', 'one')
const unit = maybe(either('money'))
const head = { digest: text, split: text, horizon: maybe(count), draws: maybe(text) }

const score = shape({
  model: text,
  title: text,
  family: text,
  measure: text,
  name: text,
  better,
  unit,
  value: number,
  low: number,
  high: number,
  sd: number,
  seeds: count,
  sketch: maybe(text),
})
const packed = shape({
  ...head,
  cell: text,
  models: list(row([text, text, text])),
  measures: list(row([text, text, better, unit])),
  scores: list(row([count, count, number, number, number, number, count, maybe(text)])),
})
const within: Test = value => {
  const { models, measures, scores } = value as Packed
  return scores.every(([model, measure]) => model < models.length && measure < measures.length)
}

const finding = shape({ text, value: maybe(text), cell: text })
const figure = shape({ number: count, cell: text, title: text })
const record = shape({
  title: text,
  state: either('ok', 'failed'),
  notebook: text,
  device: text,
  parameters: each(() => true),
  data: value => dataFacts(value) !== undefined,
  versions: each(text),
  findings: list(finding),
  figures: list(figure),
  comparisons: list(value => packed(value) && within(value)),
})

/** Whether a page's record is whole: somebody else may have written it. */
export const isWrittenRecord = (value: unknown): value is WrittenRecord => record(value)

/** Whether a notebook's comparison is whole. */
export const isComparisonRecord = (value: unknown): value is ComparisonRecord => shape({ ...head, scores: list(score) })(value)
