export { ACTIVATIONS } from './activations.ts'
export type { Activation } from './activations.ts'
export { glorotUniform, zeros } from './initialisers.ts'
export type { Initialiser, Layer, Scope } from './layer.ts'
export { activation, dense, dropout } from './layers/index.ts'
export type { DenseOptions } from './layers/index.ts'
export {
  binaryCrossEntropy, categoricalCrossEntropy, gaussianKl, gaussianNegativeLogLikelihood, huber, meanAbsoluteError, meanSquaredError,
  negativeBinomial, poisson, quantileLoss, zeroInflatedLognormal,
} from './losses/index.ts'
export type { Gaussian, Loss } from './losses/index.ts'
export { network } from './network.ts'
export type { Network, NetworkOptions, Weights } from './network.ts'
export { adam, adamW, momentum, sgd } from './optimisers.ts'
export { classWeights } from './train/class-weights.ts'
export { train, trainingMemory } from './train/train.ts'
export type { EpochRecord, Examples, Trained, TrainOptions } from './train/train.ts'
