/** What is simulated; `datasets/simulated.md` has the formulas. Rates are per week of the shop's clock. */
export interface SimulatorOptions {
  readonly customers: number
  readonly seed: number
  readonly process: 'pareto-nbd' | 'bg-nbd'
  /** First day of the log and first day not in it, `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
  /** The day for which truth is stated, and the horizons after it, in days. */
  readonly cutoff: string
  readonly horizons: readonly number[]
  /** λ ~ Gamma(r, α); μ ~ Gamma(s, β) for Pareto/NBD, p ~ Beta(a, b) for BG/NBD. */
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
  readonly a: number
  readonly b: number
  /** Order value ~ Gamma(p, ν), ν ~ Gamma(q, γ), in money. */
  readonly spend: { readonly p: number; readonly q: number; readonly gamma: number }
  /** Arrivals at the end of the log, as a multiple of those at its start. */
  readonly growth: number
  /** Scales all covariate coefficients; 0 switches covariates off. */
  readonly covariates: number
  /** Days on which a campaign goes out, the share of customers it is sent to by lot, and the days in which it has its effect. */
  readonly campaigns: { readonly days: readonly string[]; readonly share: number; readonly window: number }
}

/** The embedded data set: 104 weeks; a year observed, and 180 days of outcome after the cutoff. */
export const EMBEDDED: SimulatorOptions = {
  customers: 14_000,
  seed: 20_230_101,
  process: 'pareto-nbd',
  from: '2023-01-01',
  to: '2024-12-29',
  cutoff: '2024-01-01',
  horizons: [90, 180, 360],
  r: 0.7,
  alpha: 9,
  s: 0.6,
  beta: 12,
  a: 1,
  b: 1.6,
  spend: { p: 4, q: 3.5, gamma: 30 },
  growth: 1.6,
  covariates: 1,
  campaigns: { days: ['2023-05-08', '2023-09-18', '2024-03-04', '2024-09-16'], share: 0.5, window: 14 },
}
