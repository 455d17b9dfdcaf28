export { gradients } from './autodiff/gradients.ts'
export { present, ranked, wantsMainThread } from './choice/auto.ts'
export type { Ranking } from './choice/auto.ts'
export { describeUse, joinUses } from './choice/device-choice.ts'
export type { DeviceChoice, DeviceUse } from './choice/device-choice.ts'
export { differenceFromWasm } from './choice/difference.ts'
export type { Job } from './choice/difference.ts'
export { answersFile } from './choice/kept-answers.ts'
export { onDevice } from './choice/on-device.ts'
export type { OnDeviceOptions } from './choice/on-device.ts'
export { runOn } from './choice/run-on.ts'
export { tellUse, toldUse } from './choice/uses.ts'
export type { ToldUse } from './choice/uses.ts'
export type { Device, EpochOptions, EpochResult, Key, Memory, Pass, PrepareOptions, Rate, Rows, Runner, State } from './device.ts'
export { Pace } from './devices/pace.ts'
export { meanLosses } from './devices/result-of.ts'
export { pause } from './devices/pause.ts'
export { reference } from './devices/reference/device.ts'
export { clipped as clipGradients, update as updateParameters } from './devices/reference/update.ts'
export { interpret } from './devices/reference/interpret.ts'
export type { TensorFlow } from './devices/tensorflow/api.ts'
export { tensorFlowDevice } from './devices/tensorflow/device.ts'
export type { TensorFlowOptions } from './devices/tensorflow/device.ts'
export { loadTensorFlowDevice } from './devices/tensorflow/load.ts'
export { nativePackages, probe, tensorFlowFolder } from './devices/tensorflow/native.ts'
export type { NativePackage, Probe } from './devices/tensorflow/native.ts'
export { computeNow, wasm } from './devices/wasm/device.ts'
export { loadWebgpuDevice } from './devices/webgpu/load.ts'
export { probeWebgpu, WEBGPU_PACKAGES, webgpuFolder, webgpuPlace } from './devices/webgpu/packages.ts'
export type { Adapter, WebgpuProbe } from './devices/webgpu/packages.ts'
export { concat, pad, reshape, slice, transpose } from './graph/arrange.ts'
export { gumbelSoftmax, randomBernoulli, randomGumbel } from './graph/draws.ts'
export {
  abs,
  add,
  clip,
  divide,
  equal,
  erf,
  exp,
  gate,
  greater,
  greaterEqual,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  relu,
  select,
  sigmoid,
  sign,
  softplus,
  sqrt,
  square,
  subtract,
  tanh,
} from './graph/elementwise.ts'
export type { Operand } from './graph/elementwise.ts'
export { meanOf, normalise } from './graph/normalise.ts'
export type { Normalised } from './graph/normalise.ts'
export type { Node, Op, OpAttributes } from './graph/node.ts'
export { product } from './graph/product.ts'
export { gru, lstm } from './graph/recurrent.ts'
export { max, mean, meanAll, repeat, sum, sumAll } from './graph/reduce.ts'
export { gather, scatterAdd } from './graph/rows.ts'
export { SCALAR, elements, sameShape, showShape } from './graph/shape.ts'
export type { Dim, Shape } from './graph/shape.ts'
export { constant, dropoutMask, input, parameter, randomNormal, randomUniform, rowCount } from './graph/sources.ts'
export { byBlocks, logSoftmax, logSumExp, softmax } from './graph/softmax.ts'
export { digamma, elu, gelu, leakyRelu, lgamma, pow, stopGradient, trigamma } from './graph/special.ts'
export { toOnnx } from './onnx/to-onnx.ts'
export { compile } from './program/compile.ts'
export type { CompileOptions, TrainingPhase } from './program/compile.ts'
export type { Port, Program, Step } from './program/program.ts'
export { slotsOf } from './program/update-rule.ts'
export type { Clipping, UpdateRule } from './program/update-rule.ts'
export { DEVICE_NAMES, deviceName, devices, loadDevice } from './registry.ts'
export type { DeviceName } from './registry.ts'
