import { HALF_LOG_TWO_PI } from '../../numeric/index.ts'
import { add, divide, erf, exp, greater, log, minimum, multiply, select, square, subtract, type Operand } from './elementwise.ts'
import { node, type Node } from './node.ts'

/** x as a constant: no gradient flows through it. */
export function stopGradient(x: Node): Node {
  return node('stopGradient', [x], x.shape, {})
}

/** x where x > 0, else `slope` · x (Maas et al. 2013). */
export function leakyRelu(x: Node, slope = 0.01): Node {
  return select(greater(x, 0), x, multiply(x, slope))
}

/** x where x > 0, else `scale` · (e^x - 1) (Clevert et al. 2016, equation 15). */
export function elu(x: Node, scale = 1): Node {
  return select(greater(x, 0), x, multiply(subtract(exp(minimum(x, 0)), 1), scale))
}

/** x Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel 2016). */
export function gelu(x: Node): Node {
  return multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1))
}

/** x^y: by repeated products for a whole number y from -64 to 64, else e^(y log x), which wants x > 0. */
export function pow(x: Node, y: Operand): Node {
  if (typeof y !== 'number' || !Number.isInteger(y) || Math.abs(y) > 64) return exp(multiply(y, log(x)))
  if (y === 0) return add(multiply(x, 0), 1)
  const whole = power(x, Math.abs(y))
  return y < 0 ? divide(1, whole) : whole
}

function power(x: Node, n: number): Node {
  if (n === 1) return x
  const half = square(power(x, Math.floor(n / 2) || 1))
  return n % 2 === 0 ? half : multiply(half, x)
}

/** From here on the series needs no steps, whose product would leave float32. */
const LARGE = 1e6
/** Upward steps before an asymptotic series: from 6 on its first terms err below 1e-8. */
const STEPS = 6

/**
 * log Γ(x) for x > 0: the recurrence log Γ(x) = log Γ(x + 6) - log x(x + 1)…(x + 5), then Stirling's series (Abramowitz and Stegun 6.1.41). On
 * float32 the absolute error is below 3e-6 (1 + |log Γ|).
 */
export function lgamma(x: Node): Node {
  const large = greater(x, LARGE)
  const low = minimum(x, LARGE)
  const factors = Array.from({ length: STEPS }, (_, i) => add(low, i))
  const half = STEPS / 2
  const climbed = add(
    log(factors.slice(0, half).reduce((a, b) => multiply(a, b))),
    log(factors.slice(half).reduce((a, b) => multiply(a, b))),
  )
  const z = add(x, select(large, 0, STEPS))
  const inverse = divide(1, z)
  const series = multiply(
    inverse,
    subtract(1 / 12, multiply(square(inverse), subtract(1 / 360, multiply(square(inverse), 1 / 1260)))),
  )
  return subtract(add(add(subtract(multiply(subtract(z, 0.5), log(z)), z), HALF_LOG_TWO_PI), series), select(large, 0, climbed))
}

/** ψ(x), the derivative of log Γ, for x > 0: Abramowitz and Stegun 6.3.5 and 6.3.18. */
export function digamma(x: Node): Node {
  const climbed = Array.from({ length: STEPS }, (_, i) => divide(1, add(x, i))).reduce((a, b) => add(a, b))
  const z = add(x, STEPS)
  const inverse = divide(1, square(z))
  const series = multiply(inverse, subtract(1 / 12, multiply(inverse, subtract(1 / 120, multiply(inverse, 1 / 252)))))
  return subtract(subtract(subtract(log(z), divide(0.5, z)), series), climbed)
}

/** ψ'(x) for x > 0: Abramowitz and Stegun 6.4.6 and 6.4.12. */
export function trigamma(x: Node): Node {
  const climbed = Array.from({ length: STEPS }, (_, i) => divide(1, square(add(x, i)))).reduce((a, b) => add(a, b))
  const z = add(x, STEPS)
  const inverse = divide(1, square(z))
  const series = multiply(inverse, subtract(1 / 6, multiply(inverse, subtract(1 / 30, multiply(inverse, 1 / 42)))))
  return add(add(divide(add(series, 1), z), multiply(inverse, 0.5)), climbed)
}
