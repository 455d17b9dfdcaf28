import { add, divide, log, multiply, square, subtract, type Node } from '../../engine/index.ts'
import { HALF_LOG_TWO_PI } from './gaussian.ts'

/** Upward steps before Stirling's series: from 6 on its first terms err below 1e-8. */
const STEPS = 6

/** log Γ(x) for x > 0: the recurrence log Γ(x) = log Γ(x + 6) - log x(x + 1)…(x + 5), then Stirling's series (Abramowitz and Stegun 6.1.41). */
export function logGamma(x: Node): Node {
  const factors = Array.from({ length: STEPS }, (_, i) => add(x, i))
  const half = STEPS / 2
  const climbed = add(
    log(factors.slice(0, half).reduce((a, b) => multiply(a, b))),
    log(factors.slice(half).reduce((a, b) => multiply(a, b))),
  )
  const z = add(x, STEPS)
  const inverse = divide(1, z)
  const series = multiply(
    inverse,
    subtract(1 / 12, multiply(square(inverse), subtract(1 / 360, multiply(square(inverse), 1 / 1260)))),
  )
  return subtract(add(add(subtract(multiply(subtract(z, 0.5), log(z)), z), HALF_LOG_TWO_PI), series), climbed)
}
