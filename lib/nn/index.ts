export { ACTIVATIONS } from './activations.ts'
export type { Activation } from './activations.ts'
export { glorotKernel, glorotUniform, ones, orthogonal, zeros } from './initialisers.ts'
export type { Initialiser, Layer, Scope } from './layer.ts'
export {
  activation,
  batchNorm,
  conv1d,
  dense,
  dropout,
  embedding,
  flatten,
  globalMaxPool,
  globalMeanPool,
  gru,
  layerNorm,
  lstm,
  maxPool1d,
  meanPool1d,
  selfAttention,
} from './layers/index.ts'
export type { Conv1dOptions, DenseOptions, RecurrentOptions, SelfAttentionOptions } from './layers/index.ts'
export {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  gaussianKl,
  gaussianNegativeLogLikelihood,
  gaussianSurprise,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  negativeBinomial,
  poisson,
  quantileLoss,
  zeroInflatedLognormal,
} from './losses/index.ts'
export type { Gaussian, Loss } from './losses/index.ts'
export { network } from './network.ts'
export type { Network, NetworkOptions, Weights } from './network.ts'
export {
  adam,
  adamW,
  clipByNorm,
  clipByValue,
  constantRate,
  cosineDecay,
  exponentialAverage,
  exponentialDecay,
  momentum,
  nadam,
  nesterov,
  oneCycle,
  optimiser,
  perStep,
  piecewise,
  rmsProp,
  sgd,
  stepDecay,
  stochasticWeightAverage,
  warmUp,
} from './optimisers/index.ts'
export type { AverageState, Averaging, Doubles, Optimiser, OptimiserState, Schedule, StepSchedule } from './optimisers/index.ts'
export { toLayersModel } from './portable/layers-model.ts'
export type { LayersModel } from './portable/layers-model.ts'
export { loadWeights, saveWeights } from './portable/own.ts'
export { saveLayersModel, saveOnnx } from './portable/save.ts'
export { evaluate, predict } from './train/predict.ts'
export type { EvaluateOptions, Evaluation, PredictOptions } from './train/predict.ts'
export { readCheckpoint, whereItStands, writeCheckpoint } from './train/checkpoint.ts'
export type { Progress } from './train/checkpoint.ts'
export { fingerprint } from './train/fingerprint.ts'
export { classWeights } from './train/class-weights.ts'
export { findRate } from './train/find-rate.ts'
export type { FindRateOptions, RateSearch } from './train/find-rate.ts'
export { binaryAccuracy, rootMeanSquaredError } from './train/metrics.ts'
export type { Metric } from './train/metrics.ts'
export type { EpochRecord, Examples, OnEpoch, Trained, TrainOptions } from './train/options.ts'
export { notebookProgress, shareProgress, terminalProgress, TrainingProgress } from './train/progress.ts'
export { showMemory } from './train/show-memory.ts'
export { train, trainingMemory } from './train/train.ts'
