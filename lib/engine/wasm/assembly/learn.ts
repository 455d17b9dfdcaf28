// What a phase learns of a batch, once its gradients are there: the update of its parameters. The words of a phase are those of
// lib/engine/devices/wasm/task.ts.
import { adam, setAdam } from './adam'
import { allHold, cutLines, part, told } from './parts'
import { runProduct } from './run-product'
import { clipValues, finite, momentum, nadam, nesterov, norm, rmsprop, scale, sgd, small } from './update'
import { setRows, size, word } from './words'

/** Updates all parameters of a phase; or none, and answers false, where a gradient is not finite. `step` is counted from the start of the pass. */
export function learn(phase: usize, rows: i32, step: i32): bool {
  const gradients: usize = word(phase, 4)
  const count = word(phase, 5)
  const rate = rateOf(phase, step)
  const carried: usize = word(phase, 39)
  if (carried != 0) {
    const start: usize = word(phase, 1)
    const end: usize = word(carried, 0)
    setRows(rows)
    if (tame(start, end)) return learnApart(phase, carried, rate)
    products(start, end, false)
  }
  const from = cutLines(count, part)
  const own = cutLines(count, part + 1) - from
  if (!allHold(finite(gradients + (<usize>from << 2), own))) return false
  update(phase, rate, from, own)
  return true
}

/**
 * The same where updates ride on products, which one thread alone makes. `carried`: where these end, and the pieces between what they update, each the
 * first float and how many.
 */
function learnApart(phase: usize, carried: usize, rate: f64): bool {
  const gradients: usize = word(phase, 4)
  const pieces = carried + 8
  const end = pieces + (<usize>word(carried, 1) << 3)
  for (let at = pieces; at < end; at += 8) if (!finite(gradients + (<usize>word(at, 0) << 2), word(at, 1))) return false
  readyAdam(phase, rate)
  for (let at = pieces; at < end; at += 8) adam(gradients + (<usize>word(at, 0) << 2), word(at, 1))
  products(word(phase, 1), word(carried, 0), true)
  return true
}

function products(start: usize, end: usize, learns: bool): void {
  for (let at = start; at < end; at += <usize>word(at, 1) << 2) runProduct(at, learns)
}

/** Whether the results of products are finite for certain: all operands are small. */
function tame(start: usize, end: usize): bool {
  for (let at = start; at < end; at += <usize>word(at, 1) << 2) {
    const k = size(at, 8)
    if (!small(word(at, 2), size(at, 6) * k) || !small(word(at, 4), k * size(at, 7))) return false
  }
  return true
}

/** The learning rate of a step of this pass, counted from 0. */
function rateOf(phase: usize, step: i32): f64 {
  const table: usize = word(phase, 34)
  return table == 0 ? load<f64>(phase, 64) : load<f64>(table + (<usize>step << 3))
}

/** This thread's share of an update: `own` parameters after the first `from`. */
function update(phase: usize, rate: f64, from: i32, own: i32): void {
  const gradients: usize = word(phase, 4)
  const skip = <usize>from << 2
  const p = <usize>word(phase, 3) + skip
  const g = gradients + skip
  const first = <usize>word(phase, 6) + skip
  const second = <usize>word(phase, 7) + skip
  const rule = word(phase, 8)
  const clipping = word(phase, 9)
  const beta1 = load<f64>(phase, 72)
  const limit = load<f64>(phase, 128)
  if (clipping == 1) clipValues(g, own, <f32>limit)
  else if (clipping == 2) {
    const length = told(part == 0 ? norm(gradients, word(phase, 5)) : 0)
    if (length > limit) scale(g, own, <f32>(limit / length))
  }
  const epsilon = <f32>load<f64>(phase, 88)
  if (rule == 0) sgd(p, g, own, <f32>rate)
  else if (rule == 1) momentum(p, g, first, own, <f32>rate, <f32>beta1)
  else if (rule == 3) nesterov(p, g, first, own, <f32>rate, <f32>beta1)
  else if (rule == 4) rmsprop(p, g, first, own, <f32>rate, <f32>beta1, epsilon)
  else if (rule == 5) {
    const power1 = load<f64>(phase, 104) * beta1
    const size = sizeOf(phase, rate)
    nadam(p, g, first, second, own, <f32>(size * beta1 / (1 - power1 * beta1)), <f32>(size * (1 - beta1) / (1 - power1)), <f32>beta1, <f32>load<f64>(phase, 80), epsilon)
  } else {
    readyAdam(phase, rate)
    adam(g, own)
  }
}

/** The rate of a step, with what corrects the second moment. */
function sizeOf(phase: usize, rate: f64): f64 {
  return rate * Math.sqrt(1 - load<f64>(phase, 112) * load<f64>(phase, 80))
}

function readyAdam(phase: usize, rate: f64): void {
  const beta1 = load<f64>(phase, 72)
  const beta2 = load<f64>(phase, 80)
  setAdam(word(phase, 3), word(phase, 4), word(phase, 6), word(phase, 7), <f32>(sizeOf(phase, rate) / (1 - load<f64>(phase, 104) * beta1)),
    <f32>beta1, <f32>beta2, <f32>load<f64>(phase, 88), <f32>(1 - rate * load<f64>(phase, 96)))
}
