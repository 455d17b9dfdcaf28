import { clipGradients, slotsOf, updateParameters, type UpdateRule } from '../../engine/index.ts'

/** Values by the name of their parameter, in doubles. */
export type Doubles = Readonly<Record<string, Float64Array>>

/** What an optimiser keeps between two steps. */
export interface OptimiserState {
  /** Steps made so far. */
  readonly step: number
  /** One set of values a slot: speeds, or first and second moments. */
  readonly slots: readonly Doubles[]
}

/** A pure pair: nothing given is changed, the same arguments give the same results. */
export interface Optimiser {
  init(parameters: Doubles): OptimiserState
  /** The parameters and the state after one step; `rate` overrides the rule's own. */
  update(
    parameters: Doubles,
    gradients: Doubles,
    state: OptimiserState,
    rate?: number,
  ): { readonly parameters: Doubles; readonly state: OptimiserState }
}

/**
 * A rule as a pair of functions in plain doubles, for what is optimised outside a network. Inside a program the devices carry the same rule
 * out, in place and in single precision.
 */
export function optimiser(rule: UpdateRule): Optimiser {
  const none = new Float64Array(0)
  return {
    init: parameters => ({
      step: 0,
      slots: Array.from({ length: slotsOf(rule) }, () =>
        Object.fromEntries(Object.entries(parameters).map(([name, { length }]) => [name, new Float64Array(length)])),
      ),
    }),
    update: (parameters, gradients, { step, slots }, rate = rule.rate) => {
      const names = Object.keys(parameters)
      const held = clipGradients(
        rule.clip,
        names.map(name => gradients[name] as Float64Array),
      )
      const copy = (values: Doubles): Record<string, Float64Array> =>
        Object.fromEntries(names.map(name => [name, (values[name] as Float64Array).slice()]))
      const [after, kept] = [copy(parameters), slots.map(copy)]
      names.forEach((name, i) =>
        updateParameters(
          rule,
          rate,
          after[name] as Float64Array,
          held[i] as Float64Array,
          { first: kept[0]?.[name] ?? none, second: kept[1]?.[name] ?? none },
          step + 1,
        ),
      )
      return { parameters: after, state: { step: step + 1, slots: kept } }
    },
  }
}
