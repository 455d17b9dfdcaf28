import { Chart } from './chart.ts'
import { MEDIAN_WORDS, pairGrid } from './pair-grid.ts'
import { ratioInterval } from './ratio-interval.ts'
import { wilson } from './wilson.ts'
import { count, moneyUnit, percent, percentRange } from './words.ts'

/**
 * What a model expects of each customer against what the simulator knows to be expected: no luck of a single horizon in between, so
 * that what is off here is the model.
 *
 * @param options.truth expected spend over the horizon under the true rates, in units of the currency, in the order of `predicted`
 * Errors: `ReportError` without customers who have both, with columns of unequal length, or values that are not finite.
 */
export function truthScatter({
  model,
  predicted,
  truth,
  currency,
}: {
  readonly model: string
  readonly predicted: ArrayLike<number>
  readonly truth: ArrayLike<number>
  readonly currency: string
}): Chart {
  const { drawn, within, layer } = pairGrid('truthScatter', predicted, truth, {
    x: `predicted, ${moneyUnit(currency)}`,
    y: `true expected spend, ${moneyUnit(currency)}`,
  })
  const { ratio, interval } = ratioInterval(predicted, truth)
  const left = predicted.length - drawn
  return new Chart({
    title: `${model} comes within a factor of two of the truth for ${percent(within / drawn)} (${percentRange(wilson(within / drawn, drawn))}) of customers, and predicts ${percent(ratio)} (${percentRange(interval)}) of the true total`,
    caption: `Larger circles hold more customers; on the dashed line, model and truth agree.${MEDIAN_WORDS} In brackets: 95% intervals over the choice of customers. The truth is the simulator's own expectation, which no model sees.${left > 0 ? ` Not drawn: ${count(left)} of ${count(predicted.length)} customers, of whom one or the other is not above zero.` : ''}`,
    alt: `Predicted against true expected spend of ${count(drawn)} customers, logarithmic axes; ${percent(within / drawn)} within a factor of two`,
    height: 320,
    spec: { layer },
  })
}
