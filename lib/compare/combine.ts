import { CompareError } from '../errors/index.ts'
import { baselineModels } from '../models/index.ts'
import { Seed } from '../numeric/index.ts'
import { alignOutcome } from './align.ts'
import { Comparison, type SplitFacts } from './comparison.ts'
import { score } from './score.ts'

/**
 * Several comparisons in one table: the best of each column and the differences to it are judged anew over the same resamples.
 * Errors: `CompareError` when they differ in cutoff, horizon, observed window, customers or outcome, or name a model twice.
 */
export async function combine(
  comparisons: readonly [Comparison, ...Comparison[]],
  { bootstrap = 200, seed = 1 }: { readonly bootstrap?: number; readonly seed?: number } = {},
): Promise<Comparison> {
  const [first] = comparisons
  for (const { split } of comparisons) requireSameSplit(first.split, split)
  const candidates = once(comparisons.flatMap(each => each.models))
  const actual = alignOutcome(first.outcome.column('customer_id'), first.outcome)
  const resampling = { resamples: bootstrap, seed: Seed.of(seed).child('bootstrap') }
  const scores = await score(candidates, actual, resampling)
  return new Comparison({
    split: first.split,
    outcome: first.outcome,
    resampling,
    failures: once(comparisons.flatMap(each => each.failures)),
    models: candidates.map((candidate, i) => ({ ...candidate, scores: scores[i] ?? {} })),
  })
}

/** The baselines stand in every comparison and are taken once; any other name twice is an error. */
function once<M extends { readonly model: string }>(models: readonly M[]): readonly M[] {
  const isFirst = ({ model }: M, i: number): boolean => models.findIndex(each => each.model === model) === i
  const twice = models.find((each, i) => !isFirst(each, i) && baselineModels.every(({ name }) => name !== each.model))
  if (twice === undefined) return models.filter(isFirst)
  throw new CompareError({
    code: 'same-name',
    what: `"${twice.model}" is in two of the comparisons`,
    remedy: 'give each model its own name',
  })
}

function requireSameSplit(a: SplitFacts, b: SplitFacts): void {
  const unlike = (Object.keys(a) as (keyof SplitFacts)[]).find(key => a[key] !== b[key])
  if (unlike === undefined) return
  const names: Record<keyof SplitFacts, string> = {
    observeFrom: 'first observed day',
    cutoff: 'cutoff',
    horizon: 'horizon',
    customers: 'number of customers',
    digest: 'customers or their outcome',
  }
  throw new CompareError({
    code: 'unequal-splits',
    what:
      unlike === 'digest'
        ? `the comparisons differ in their ${names.digest}`
        : `the comparisons differ in the ${names[unlike]}: ${a[unlike]} and ${b[unlike]}`,
    remedy: 'compare models only on one split; run both on the same task',
  })
}
