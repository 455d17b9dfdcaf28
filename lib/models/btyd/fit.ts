import { FitError } from '../../errors/index.ts'
import { exp, hessian, log, minimise, minimiseFrom, type Objective } from '../../numeric/index.ts'
import { diagnose } from './fit-doctor.ts'

/** Named positive parameters, as in the literature. */
export type Parameters<N extends string = string> = Readonly<Record<N, number>>

export interface Fit<P> {
  readonly parameters: P
  /** Of all customers, at these parameters. */
  readonly logLikelihood: number
  readonly converged: boolean
  readonly iterations: number
  /** From the inverse of the second derivatives; left out where the likelihood is too flat for them to mean anything. */
  readonly standardErrors?: P
  /** What is wrong with the fit, in plain words; empty when nothing is. */
  readonly note: string
}

export interface Likelihood<N extends string, D> {
  readonly names: readonly N[]
  readonly data: D
  /** Fewer data, near enough to the whole for the first search. */
  readonly sample: D
  readonly customers: (data: D) => number
  /** Log-likelihood; writes its derivatives by the parameters, in the order of `names`. */
  readonly value: (parameters: Parameters<N>, data: D, gradient: Float64Array) => number
  readonly starts: readonly Parameters<N>[]
  /** The search stays within the first start times and over e to this power. */
  readonly reach?: number
  /** What is wrong with these parameters that the likelihood does not show. */
  readonly remark?: (parameters: Parameters<N>) => string | undefined
}

/**
 * Maximum likelihood in the logarithms of the parameters, so that they stay positive and a change of units only shifts
 * them. Several starts search on the sample; the best is polished on all data. Errors: `FitError` when nothing finite is found.
 */
export function maximise<N extends string, D>(likelihood: Likelihood<N, D>): Fit<Parameters<N>> {
  const { names, starts, data, sample, reach = 12 } = likelihood
  const inLogs = (parameters: Parameters<N>): number[] => names.map(name => log(parameters[name]))
  const middle = inLogs(starts[0] as Parameters<N>)
  const bounds = { lower: middle.map(at => at - reach), upper: middle.map(at => at + reach) }
  const options = { ...bounds, tolerance: 1e-10 }
  const part = objective(likelihood, sample)
  const whole = objective(likelihood, data)
  const rough = minimiseFrom(part, starts.map(inLogs), options)
  const found = sample === data ? rough : minimise(whole, rough.x, { ...options, curvature: hessian(part, rough.x) })
  if (!Number.isFinite(found.value)) {
    throw new FitError({
      code: 'no-finite-likelihood',
      what: 'the likelihood is not finite at any start',
      remedy: 'look for extreme frequencies or spends, or use another model',
    })
  }
  const customers = likelihood.customers(data)
  const parameters = fromLogs(names, found.x)
  const information = hessian(whole, found.x).map(each => each * customers)
  const { standardErrors, problems } = diagnose({ names, found, information, ...bounds })
  const remark = likelihood.remark?.(parameters)
  return {
    parameters,
    logLikelihood: -found.value * customers,
    converged: found.converged,
    iterations: found.iterations,
    ...(standardErrors === undefined ? {} : { standardErrors: scaled(names, parameters, standardErrors) }),
    note: [...problems, ...(remark === undefined ? [] : [remark])].join('; '),
  }
}

/** Minus the mean log-likelihood per customer, over the logarithms. */
function objective<N extends string, D>({ names, value, customers }: Likelihood<N, D>, data: D): Objective {
  const count = customers(data)
  return (x, gradient) => {
    const parameters = fromLogs(names, x)
    const total = value(parameters, data, gradient)
    names.forEach((name, i) => (gradient[i] = (-(gradient[i] as number) * parameters[name]) / count))
    return -total / count
  }
}

function fromLogs<N extends string>(names: readonly N[], x: Float64Array): Parameters<N> {
  return Object.fromEntries(names.map((name, i) => [name, exp(x[i] as number)])) as Parameters<N>
}

/** Standard errors of logarithms, carried over to the parameters (first order). */
function scaled<N extends string>(names: readonly N[], parameters: Parameters<N>, errors: Float64Array): Parameters<N> {
  return Object.fromEntries(names.map((name, i) => [name, parameters[name] * (errors[i] as number)])) as Parameters<N>
}
