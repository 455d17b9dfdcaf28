/** How good a network's outputs are, from those and the targets, each row-major: for people, not to train by. */
export type Metric = (output: Float32Array, target: Float32Array) => number

/** The part of rows whose logit is on the side of their label, 0 or 1. */
export const binaryAccuracy: Metric = (logits, labels) => {
  const right = logits.reduce((count, z, i) => count + (z > 0 === (labels[i] as number) > 0.5 ? 1 : 0), 0)
  return right / logits.length
}

/** The root of the mean squared error. */
export const rootMeanSquaredError: Metric = (output, target) =>
  Math.sqrt(
    output.reduce((sum, each, i) => sum + (each - (target[i] as number)) * (each - (target[i] as number)), 0) / output.length,
  )
