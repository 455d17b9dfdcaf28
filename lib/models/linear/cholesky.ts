import { FitError } from '../../errors/index.ts'

/** Solves A x = b for a symmetric positive definite A (n × n, row-major). Neither is changed. */
export function solvePositive(A: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const L = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j] as number
      for (let k = 0; k < j; k++) sum -= (L[i * n + k] as number) * (L[j * n + k] as number)
      if (i !== j) L[i * n + j] = sum / (L[j * n + j] as number)
      else if (sum > 0) L[i * n + i] = Math.sqrt(sum)
      else
        throw new FitError({
          code: 'not-positive-definite',
          what: 'the inputs determine no unique fit',
          remedy: 'raise the ridge penalty',
        })
    }
  }
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (L[i * n + k] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (L[i * n + i] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - (L[k * n + i] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (L[i * n + i] as number)
  }
  return x
}
