import { FitError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import type { FitOptions, FittedModel, Model, Predictions, SavedModel, Task } from '../model.ts'
import { predictions, requirePredictable } from '../predictions.ts'
import type { Fit, Parameters } from './fit.ts'
import { groupHistories, WEEK, type Groups } from './groups.ts'
import { restored, saved, type Fitted } from './saved-fit.ts'
import { expectedSpend, fitSpend, type SpendBasis } from './spend.ts'

/** A purchase process: what the models of this folder differ in. P is its record of parameters; times are weeks. */
export interface PurchaseProcess<P> {
  readonly names: readonly (keyof P & string)[]
  readonly fit: (groups: Groups) => Fit<P>
  readonly expectedPurchases: (parameters: P, x: number, tx: number, T: number, t: number) => number
  readonly buysAgain: (parameters: P, x: number, tx: number, T: number, t: number) => number
}

export interface Settings<P> {
  readonly name: string
  readonly title: string
  readonly process: PurchaseProcess<P>
  readonly spend: SpendBasis
}

/** A purchase process joined with Gamma-Gamma spend: value = expected purchases × expected spend per purchase. */
export function purchaseModel<P extends object>(
  settings: Settings<P>,
): Model & { readonly restore: (saved: SavedModel) => FittedModel } {
  const { name, title, process, spend } = settings
  return {
    name,
    title,
    family: 'classic',
    fit: async ({ customers }: Task, { onProgress, signal }: FitOptions) => {
      customers.requireWhen('observed', `fit of ${name}`)
      signal?.throwIfAborted()
      const purchases = process.fit(groupHistories(customers))
      onProgress?.(0.5, 'purchases fitted, spend comes next')
      signal?.throwIfAborted()
      const spending = fitSpend(customers, spend)
      onProgress?.(1, 'purchases and spend fitted')
      return fittedModel(settings, { purchases, spending })
    },
    restore: state => fittedModel(settings, restored(state, name, process.names)),
  }
}

function fittedModel<P extends object>(settings: Settings<P>, fitted: Fitted<P>): FittedModel {
  return {
    model: settings.name,
    parameters: described(fitted),
    predict: (customers, horizon) => predict(settings, fitted, customers, horizon),
    save: () => saved(settings.name, fitted),
  }
}

/** The parameters, their standard errors (`se r`), the log-likelihoods, and what is wrong if anything is. */
function described<P extends object>({ purchases, spending }: Fitted<P>): Readonly<Record<string, number | string>> {
  const errors = { ...purchases.standardErrors, ...spending.standardErrors } as Parameters
  const notes = [purchases.note, spending.note === '' ? '' : `spend: ${spending.note}`].filter(note => note !== '')
  return {
    ...(purchases.parameters as Parameters),
    ...spending.parameters,
    ...Object.fromEntries(Object.entries(errors).map(([name, error]) => [`se ${name}`, error])),
    'log-likelihood': purchases.logLikelihood,
    'log-likelihood of spend': spending.logLikelihood,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  }
}

function predict<P extends object>(
  { name, process, spend }: Settings<P>,
  fitted: Fitted<P>,
  customers: Table<CoreRow>,
  horizon: number,
): Predictions {
  requirePredictable(customers, horizon, name)
  const parameters = fitted.purchases.parameters
  const [x, tx, T] = [customers.column('frequency'), customers.column('recency'), customers.column('T')]
  const expected = new Float64Array(x.length)
  const probability = new Float64Array(x.length)
  const known = new Map<string, number>()
  for (let i = 0; i < x.length; i++) {
    const key = `${x[i]} ${tx[i]} ${T[i]}`
    const twin = known.get(key)
    if (twin !== undefined) {
      expected[i] = expected[twin] as number
      probability[i] = probability[twin] as number
      continue
    }
    known.set(key, i)
    const history = [x[i] as number, (tx[i] as number) / WEEK, (T[i] as number) / WEEK, horizon / WEEK] as const
    expected[i] = process.expectedPurchases(parameters, ...history)
    probability[i] = process.buysAgain(parameters, ...history)
  }
  const perPurchase = expectedSpend(fitted.spending.parameters, customers, spend)
  const value = expected.map((each, i) => each * (perPurchase[i] as number))
  requireFinite(name, customers, value, probability)
  return predictions(customers, { value, probability, expected_purchases: expected })
}

/** No forecast leaves that is not a number. */
function requireFinite(name: string, customers: Table<CoreRow>, value: Float64Array, probability: Float64Array): void {
  const bad = value.findIndex((each, i) => !Number.isFinite(each) || !Number.isFinite(probability[i]))
  if (bad === -1) return
  const [x, tx, T] = [customers.column('frequency')[bad], customers.column('recency')[bad], customers.column('T')[bad]]
  throw new FitError({
    code: 'no-finite-forecast',
    what: `${name} has no finite forecast: value ${value[bad]}, probability ${probability[bad]}`,
    where: `customer ${customers.column('customer_id')[bad]} (frequency ${x}, recency ${tx}, T ${T})`,
    remedy: 'compare this customer with those that the model was fitted to, or use another model',
  })
}
