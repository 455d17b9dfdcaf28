import { FormatError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Table } from '../../schema/index.ts'
import type { FittedModel, Model, Predictions, SavedModel, Task } from '../model.ts'
import { predictions } from '../predictions.ts'
import type { GammaGamma } from './gamma-gamma.ts'
import { groupHistories, WEEK, type Groups } from './groups.ts'
import { expectedSpend, fitSpend, type SpendBasis } from './spend.ts'

/** A purchase process: what the models of this folder differ in. P is its record of parameters; times are weeks. */
export interface PurchaseProcess<P extends object> {
  readonly fit: (groups: Groups) => { readonly parameters: P; readonly logLikelihood: number; readonly converged: boolean }
  readonly expectedPurchases: (parameters: P, x: number, tx: number, T: number, t: number) => number
  readonly buysAgain: (parameters: P, x: number, tx: number, T: number, t: number) => number
  /** A sentence on a fit that has something wrong with it, or undefined. */
  readonly diagnose: (parameters: P) => string | undefined
}

interface Settings<P extends object> {
  readonly name: string
  readonly title: string
  readonly process: PurchaseProcess<P>
  readonly spend: SpendBasis
}

/** A purchase process joined with Gamma-Gamma spend: value = expected purchases × expected spend per purchase. */
export function purchaseModel<P extends object>(settings: Settings<P>): Model & { readonly restore: (saved: SavedModel) => FittedModel } {
  return {
    name: settings.name,
    title: settings.title,
    family: 'classic',
    fit: async (task: Task) => {
      task.customers.requireWhen('observed', `fit of ${settings.name}`)
      const { parameters, logLikelihood, converged } = settings.process.fit(groupHistories(task.customers))
      const notes = [converged ? undefined : 'the optimiser stopped before it converged', settings.process.diagnose(parameters)].filter(note => note !== undefined)
      return fitted(settings, { parameters, spend: fitSpend(task.customers, settings.spend), logLikelihood, note: notes.join('; ') })
    },
    restore: saved => {
      if (saved.version !== 1) throw new FormatError({ code: 'version', what: `a saved ${settings.name} of version ${saved.version}`, remedy: 'load it with the version of clvlab that wrote it' })
      return fitted(settings, saved.state as unknown as State<P>)
    },
  }
}

interface State<P> {
  readonly parameters: P
  readonly spend: GammaGamma
  readonly logLikelihood: number
  readonly note: string
}

function fitted<P extends object>({ name, process, spend }: Settings<P>, state: State<P>): FittedModel {
  return {
    model: name,
    parameters: { ...(state.parameters as Record<string, number>), ...state.spend, 'log-likelihood': state.logLikelihood, ...(state.note === '' ? {} : { note: state.note }) },
    predict: (customers: Table<CoreRow>, horizon: number): Predictions => {
      customers.requireWhen('observed', `predict of ${name}`)
      const [x, tx, T] = [customers.column('frequency'), customers.column('recency'), customers.column('T')]
      const perPurchase = expectedSpend(state.spend, customers, spend)
      const expected = new Float64Array(x.length)
      const probability = new Float64Array(x.length)
      const seen = new Map<string, readonly [number, number]>()
      for (let i = 0; i < x.length; i++) {
        const key = `${x[i]} ${tx[i]} ${T[i]}`
        let said = seen.get(key)
        if (said === undefined) {
          const history = [x[i] as number, (tx[i] as number) / WEEK, (T[i] as number) / WEEK, horizon / WEEK] as const
          seen.set(key, (said = [process.expectedPurchases(state.parameters, ...history), process.buysAgain(state.parameters, ...history)]))
        }
        expected[i] = said[0]
        probability[i] = said[1]
      }
      return predictions(customers, { value: expected.map((each, i) => each * (perPurchase[i] as number)), probability, expected_purchases: expected })
    },
    save: () => ({ model: name, version: 1, state: { ...state } }),
  }
}
