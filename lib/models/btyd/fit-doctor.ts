import { symmetricEigen, type Minimum } from '../../numeric/index.ts'

interface Findings {
  readonly names: readonly string[]
  readonly found: Minimum
  /** Second derivatives of minus the log-likelihood of all customers, by the logarithms of the parameters. */
  readonly information: Float64Array
  readonly lower: readonly number[]
  readonly upper: readonly number[]
}

interface Diagnosis {
  /** Of the logarithms; undefined where the likelihood is flat. */
  readonly standardErrors: Float64Array | undefined
  readonly problems: readonly string[]
}

/** A direction in which the data leave the logarithm of a parameter uncertain by more than this is called flat. */
const FLAT = 2

/** What can be wrong with a maximum, in plain words: not reached, at the edge of the search, or on a flat ridge. */
export function diagnose({ names, found, information, lower, upper }: Findings): Diagnosis {
  const problems: string[] = []
  if (!found.converged) problems.push(`the optimiser stopped early: ${found.reason}`)
  const edges = names.filter((_, i) => atEdge(found.x[i] as number, lower[i] as number, upper[i] as number))
  if (edges.length > 0) {
    problems.push(
      `${list(edges)} ${edges.length === 1 ? 'lies' : 'lie'} at the edge of the search: the likelihood still rises there`,
    )
  }
  const n = names.length
  const { values, vectors } = symmetricEigen(information, n)
  if (!isFlat(values)) return { standardErrors: errors(values, vectors, n), problems }
  const along = names.filter((_, i) => Math.abs(vectors[i] as number) > 0.3)
  problems.push(
    `the likelihood is almost flat along ${list(along)}: the data do not tell ` +
      `${along.length === 1 ? 'its size' : 'them apart'}; forecasts can be used, the parameters alone mean little`,
  )
  return { standardErrors: undefined, problems }
}

/** Whether some direction is left so uncertain, by the ascending eigenvalues of the information, that no normal law describes it. */
export const isFlat = (values: Float64Array): boolean => !((values[0] as number) > 1 / (FLAT * FLAT))

/** Square roots of the diagonal of the inverse. */
function errors(values: Float64Array, vectors: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let variance = 0
    for (let k = 0; k < n; k++)
      variance += ((vectors[k * n + i] as number) * (vectors[k * n + i] as number)) / (values[k] as number)
    return Math.sqrt(variance)
  })
}

const atEdge = (x: number, low: number, high: number): boolean => x - low < 1e-6 || high - x < 1e-6
const list = (names: readonly string[]): string => new Intl.ListFormat('en').format(names)
