import { FitError } from '../../errors/index.ts'

/**
 * The weight of each row from its class: as given, or so that all classes weigh the same and the mean weight is 1 (`balanced`: rows /
 * (classes · rows of the class)). Errors: `FitError` for a class without a weight.
 */
export function classWeights(
  labels: ArrayLike<number>,
  weights: 'balanced' | Readonly<Record<number, number>> = 'balanced',
): Float32Array {
  const counts = new Map<number, number>()
  for (let i = 0; i < labels.length; i++) counts.set(labels[i] as number, (counts.get(labels[i] as number) ?? 0) + 1)
  const weightOf = (label: number): number => {
    if (weights === 'balanced') return labels.length / (counts.size * (counts.get(label) as number))
    const given = weights[label]
    if (given === undefined || !(given >= 0))
      throw new FitError({
        code: 'no-class-weight',
        what: `class ${label} has no weight`,
        remedy: 'give each class a weight of 0 or more',
      })
    return given
  }
  const byClass = new Map([...counts.keys()].map(label => [label, weightOf(label)]))
  return Float32Array.from(labels, label => byClass.get(label) as number)
}
