// The interpreter: a program is a list of 32-bit words, one instruction after another, [code, words, operands …]. The codes and
// the layout of each are those of lib/engine/devices/wasm/encode.ts. Addresses are bytes; sizes may scale with the batch.
import { LOCAL, map, mapInPlace } from './map'
import { product, transpose } from './product'
import { dropoutMask, makeKey, normal, shuffle, uniform } from './random'
import { gru, gruSlopes, gruWeights, lstm, lstmSlopes, lstmWeights } from './recurrent'
import { copy, largest, repeat, sum } from './reduce'
import { gatherRows, scatterAdd } from './rows'
import { adam, clipNorm, clipValues, finite, momentum, nadam, nesterov, rmsprop, sgd } from './update'

const GROUP = 1
const PRODUCT = 2
const TRANSPOSE = 3
const SUM = 4
const REPEAT = 5
const COPY = 6
const ROWS = 7
const ZERO = 8
const MAX = 9
const GATHER = 10
const SCATTER_ADD = 11
const GRU = 12
const GRU_SLOPES = 13
const LSTM = 14
const LSTM_SLOPES = 15
const GRU_WEIGHTS = 16
const LSTM_WEIGHTS = 17

const DROPOUT_MASK = 40
const UNIFORM = 41
const NORMAL = 42

/** The stream of the order of rows; operations use streams counted from 0. */
const ORDER_STREAM: u32 = 0xffffffff

let batch: i32 = 0
let seed0: u32 = 0
let seed1: u32 = 0
let step: u32 = 0

@inline function word(at: usize, index: usize): i32 {
  return load<i32>(at + (index << 2))
}

/** A size: the sign bit marks a multiple of the rows in this batch. */
@inline function size(at: usize, index: usize): i32 {
  const raw = word(at, index)
  return raw < 0 ? (raw & 0x7fffffff) * batch : raw
}

/** Runs a program once on the rows that lie in its input buffers. */
export function run(program: usize, end: usize, rows: i32, key0: u32, key1: u32, stepNumber: u32): void {
  batch = rows
  seed0 = key0
  seed1 = key1
  step = stepNumber
  let at = program
  while (at < end) {
    const code = word(at, 0)
    if (code == GROUP) group(at)
    else if (code == PRODUCT) runProduct(at)
    else if (code == TRANSPOSE) transpose(word(at, 2), word(at, 3), size(at, 4), size(at, 5))
    else if (code == SUM) sum(word(at, 2), word(at, 3), size(at, 4), size(at, 5), size(at, 6))
    else if (code == REPEAT) repeat(word(at, 2), word(at, 3), size(at, 4), size(at, 5), size(at, 6))
    else if (code == COPY) copy(word(at, 2), word(at, 3), size(at, 4), size(at, 5) << 2, size(at, 6) << 2, size(at, 7) << 2)
    else if (code == ROWS) store<f32>(word(at, 2), <f32>batch)
    else if (code == ZERO) memory.fill(word(at, 2), 0, size(at, 3) << 2)
    else if (code == MAX) largest(word(at, 2), word(at, 3), size(at, 4), size(at, 5), size(at, 6))
    else if (code == GATHER) gatherRows(word(at, 2), word(at, 3), word(at, 4), word(at, 5), word(at, 6), size(at, 7))
    else if (code == SCATTER_ADD) scatterAdd(word(at, 2), word(at, 3), word(at, 4), word(at, 5), word(at, 6), size(at, 7))
    else if (code == GRU) gru(word(at, 2), word(at, 3), word(at, 4), word(at, 5), size(at, 6), word(at, 7), word(at, 8), word(at, 9))
    else if (code == GRU_SLOPES) gruSlopes(word(at, 2), word(at, 3), word(at, 4), word(at, 5), word(at, 6), size(at, 7), word(at, 8), word(at, 9), word(at, 10))
    else if (code == LSTM) lstm(word(at, 2), word(at, 3), word(at, 4), size(at, 5), word(at, 6), word(at, 7), word(at, 8))
    else if (code == LSTM_SLOPES) lstmSlopes(word(at, 2), word(at, 3), word(at, 4), word(at, 5), size(at, 6), word(at, 7), word(at, 8), word(at, 9))
    else if (code == GRU_WEIGHTS) gruWeights(word(at, 2), word(at, 3), word(at, 4), size(at, 5), word(at, 6), word(at, 7), word(at, 8))
    else if (code == LSTM_WEIGHTS) lstmWeights(word(at, 2), word(at, 3), word(at, 4), size(at, 5), word(at, 6), word(at, 7))
    else unreachable()
    at += <usize>word(at, 1) << 2
  }
}

/** Elementwise operations over the same rows, block by block, so that what passes between them stays in the nearest cache. */
function group(at: usize): void {
  const rows = size(at, 2)
  const columns = word(at, 3)
  const block = word(at, 4)
  const end = at + (<usize>word(at, 1) << 2)
  for (let row = 0; row < rows; row += block) {
    const count = min(block, rows - row)
    for (let each = at + 20; each < end; each += 44) {
      const op = word(each, 0)
      if (op < DROPOUT_MASK) {
        map(op, word(each, 1), word(each, 2), word(each, 3), word(each, 4), word(each, 5), word(each, 6), word(each, 7), word(each, 8),
          load<f32>(each, 36), load<f32>(each, 40), row, count, columns)
        continue
      }
      makeKey(seed0, seed1, step, word(each, 3))
      const first = row * columns
      const out = <usize>word(each, 1) + (word(each, 2) == LOCAL ? 0 : <usize>first << 2)
      if (op == DROPOUT_MASK) dropoutMask(out, first, count * columns, word(each, 5), load<f32>(each, 36))
      else if (op == UNIFORM) uniform(out, first, count * columns)
      else normal(out, first, count * columns)
    }
  }
}

function runProduct(at: usize): void {
  const a: usize = word(at, 2)
  const transposeA = word(at, 3)
  let b: usize = word(at, 4)
  const transposeB = word(at, 5)
  const c: usize = word(at, 6)
  const m = size(at, 7)
  const n = size(at, 8)
  const k = size(at, 9)
  const bias: usize = word(at, 10)
  const activation = word(at, 11)
  const scratch: usize = word(at, 12)
  const relu = activation == 1 ? 1 : 0
  if (n == 1 && transposeA != 0 && bias == 0) {
    product(b, 0, 4, a, <usize>m << 2, c, <usize>m << 2, 1, m, k, 0, relu)
  } else {
    if (transposeB != 0) {
      transpose(b, scratch, n, k)
      b = scratch
    }
    const rowA: usize = transposeA != 0 ? 4 : <usize>k << 2
    const columnA: usize = transposeA != 0 ? <usize>m << 2 : 4
    product(a, rowA, columnA, b, <usize>n << 2, c, <usize>n << 2, m, n, k, bias, relu)
  }
  if (activation > 1) mapInPlace(activation, c, m * n)
}

/** Rows of a data set, `order` naming which, to a batch buffer. */
function gather(data: usize, to: usize, columns: i32, order: usize, rows: i32): void {
  const bytes = <usize>columns << 2
  for (let r = 0; r < rows; r++) {
    let from = data + <usize>load<u32>(order + (<usize>r << 2)) * bytes
    let left = columns
    for (; left >= 4; left -= 4) {
      v128.store(to, v128.load(from))
      from += 16
      to += 16
    }
    for (; left > 0; left--) {
      store<f32>(to, load<f32>(from))
      from += 4
      to += 4
    }
  }
}

const HEAD: usize = 48
const PHASE: usize = 112

/**
 * One epoch over the rows of a data set; at each batch every phase runs and makes its update in turn. `task` points to the words of
 * lib/engine/devices/wasm/task.ts. Answers 0, 1 (a loss is not finite) or 2 (a gradient is not finite); then the task holds the phase, and the
 * step of the failing batch, whose update was not made.
 */
export function epoch(task: usize, number: u32): i32 {
  const batchSize = word(task, 0)
  const rows = word(task, 1)
  const order: usize = word(task, 2)
  const inputs: usize = word(task, 3)
  const inputCount = word(task, 4)
  const k0: u32 = word(task, 5)
  const k1: u32 = word(task, 6)
  const phases = word(task, 9)
  makeKey(k0, k1, number, ORDER_STREAM)
  if (word(task, 8) != 0) shuffle(order, rows)
  for (let start = 0; start < rows; start += batchSize) {
    const here = min(batchSize, rows - start)
    for (let i = 0; i < inputCount; i++) {
      const input = inputs + <usize>i * 12
      gather(word(input, 0), word(input, 1), word(input, 2), order + (<usize>start << 2), here)
    }
    for (let p = 0; p < phases; p++) {
      const failed = trainStep(task + HEAD + <usize>p * PHASE, here, k0, k1, word(task, 7))
      if (failed == 0) continue
      store<i32>(task, p, 40)
      return failed
    }
    store<i32>(task, word(task, 7) + 1, 28)
  }
  for (let p = 0; p < phases; p++) {
    const phase = task + HEAD + <usize>p * PHASE
    store<f64>(phase, load<f64>(phase, 96) / <f64>rows, 96)
  }
  return 0
}

/** One phase on the rows that lie in the input buffers: loss, gradients, update. */
function trainStep(phase: usize, rows: i32, k0: u32, k1: u32, number: u32): i32 {
  const parameters: usize = word(phase, 3)
  const gradients: usize = word(phase, 4)
  const count = word(phase, 5)
  const first: usize = word(phase, 6)
  const second: usize = word(phase, 7)
  const rule = word(phase, 8)
  const rate = load<f64>(phase, 40)
  const beta1 = load<f64>(phase, 48)
  run(word(phase, 0), word(phase, 1), rows, k0, k1, number)
  const value = load<f32>(word(phase, 2))
  if (!isFinite<f32>(value)) return 1
  if (!finite(gradients, count)) return 2
  store<f64>(phase, load<f64>(phase, 96) + <f64>value * <f64>rows, 96)
  const clipping = word(phase, 9)
  if (clipping == 1) clipValues(gradients, count, <f32>load<f64>(phase, 104))
  else if (clipping == 2) clipNorm(gradients, count, load<f64>(phase, 104))
  const epsilon = <f32>load<f64>(phase, 64)
  if (rule == 0) sgd(parameters, gradients, count, <f32>rate)
  else if (rule == 1) momentum(parameters, gradients, first, count, <f32>rate, <f32>beta1)
  else if (rule == 3) nesterov(parameters, gradients, first, count, <f32>rate, <f32>beta1)
  else if (rule == 4) rmsprop(parameters, gradients, first, count, <f32>rate, <f32>beta1, epsilon)
  else {
    const beta2 = load<f64>(phase, 56)
    const decay = load<f64>(phase, 72)
    const power1 = load<f64>(phase, 80) * beta1
    const power2 = load<f64>(phase, 88) * beta2
    store<f64>(phase, power1, 80)
    store<f64>(phase, power2, 88)
    const scale = rate * Math.sqrt(1 - power2)
    if (rule == 5) nadam(parameters, gradients, first, second, count, <f32>(scale * beta1 / (1 - power1 * beta1)), <f32>(scale * (1 - beta1) / (1 - power1)), <f32>beta1, <f32>beta2, epsilon)
    else adam(parameters, gradients, first, second, count, <f32>(scale / (1 - power1)), <f32>beta1, <f32>beta2, epsilon, <f32>(1 - rate * decay))
  }
  return 0
}
