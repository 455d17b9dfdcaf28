import { Chart } from './chart.ts'
import { MEDIAN_WORDS, pairGrid } from './pair-grid.ts'
import { wilson } from './wilson.ts'
import { count, moneyUnit, percent, percentRange } from './words.ts'

/**
 * Predicted against actual spend, counted in cells of a logarithmic grid; those who spent nothing are said, not drawn.
 *
 * @param options.predicted one per customer, in units of the currency, as `actual`
 * Errors: `ReportError` without customers who have both, with columns of unequal length, or values that are not finite.
 */
export function predictedActual({
  model,
  predicted,
  actual,
  currency,
  against = 'actual spend',
}: {
  readonly model: string
  readonly predicted: ArrayLike<number>
  readonly actual: ArrayLike<number>
  readonly currency: string
  readonly against?: string
}): Chart {
  const { drawn, within, layer } = pairGrid('predictedActual', predicted, actual, {
    x: `predicted, ${moneyUnit(currency)}`,
    y: `${against}, ${moneyUnit(currency)}`,
  })
  const left = predicted.length - drawn
  return new Chart({
    title: `${percent(within / drawn)} (${percentRange(wilson(within / drawn, drawn))}) of those who spend lie within a factor of two of what ${model} said`,
    caption: `Larger circles hold more customers; on the dashed line, prediction and ${against} agree.${MEDIAN_WORDS} In brackets: the 95% interval of the share.${left > 0 ? ` Not drawn: ${count(left)} of ${count(predicted.length)} customers (${percent(left / predicted.length)}), who have none of one or the other.` : ''}`,
    alt: `Predicted spend against ${against} of ${count(drawn)} customers, logarithmic axes; ${percent(within / drawn)} within a factor of two`,
    height: 320,
    spec: { layer },
  })
}
