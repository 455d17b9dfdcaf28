// The interpreter: a program is a list of 32-bit words, one instruction after another, [code, words, operands …]. The codes and
// the layout of each are those of lib/engine/devices/wasm/encode.ts. Addresses are bytes; sizes may scale with the rows.
import { gru, gruSlopes, gruWeights } from './gru'
import { lstm, lstmSlopes, lstmWeights } from './lstm'
import { LOCAL, map } from './map'
import { columnSlopes, normaliseColumns } from './normalise-columns'
import { normaliseRows, rowSlopes } from './normalise-rows'
import { cut, meet, part, parts } from './parts'
import { dropoutMask, makeKey, normal, uniform } from './random'
import { copy, largest, repeat, sum } from './reduce'
import { gatherRows, scatterAdd } from './rows'
import { runProduct } from './run-product'
import { transpose } from './transpose'
import { isMany, setRows, share, size, word } from './words'

const MEET = 0
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
const NORMALISE = 18
const NORMALISE_SLOPES = 19

const DROPOUT_MASK = 40
const UNIFORM = 41

/** Rows of the whole batch, and the first one of the block of it that is run. */
let whole: i32 = 0
let first: i32 = 0
let seed0: u32 = 0
let seed1: u32 = 0
let step: u32 = 0

/** What holds for all blocks of a batch. */
export function begin(batch: i32, key0: u32, key1: u32, stepNumber: u32): void {
  whole = batch
  seed0 = key0
  seed1 = key1
  step = stepNumber
}

/** Runs instructions on a block of rows of the batch, which lie in the input buffers. */
export function run(start: usize, end: usize, count: i32, firstRow: i32): void {
  setRows(count)
  first = firstRow
  let at = start
  while (at < end) {
    const code = word(at, 0)
    if (code == GROUP) group(at)
    else if (code == PRODUCT) runProduct(at, false)
    else if (code == MEET) meet()
    else if (code == TRANSPOSE) runTranspose(at)
    else if (code == SUM) runSum(at)
    else if (code == REPEAT) runRepeat(at)
    else if (code == COPY) runCopy(at)
    else if (code == ROWS) { if (part == 0) store<f32>(word(at, 2), <f32>whole) }
    else if (code == ZERO) {
      const from = share(at, 3, part)
      memory.fill(<usize>word(at, 2) + (<usize>from << 2), 0, <usize>(share(at, 3, part + 1) - from) << 2)
    }
    else if (code == MAX) {
      const from = share(at, 4, part)
      const length = size(at, 5)
      const inner = size(at, 6)
      largest(word(at, 2) + from * length * inner * 4, word(at, 3) + from * inner * 4, share(at, 4, part + 1) - from, length, inner)
    }
    else if (code == GATHER) {
      const from = share(at, 7, part)
      gatherRows(word(at, 2), word(at, 3) + from * 4, word(at, 4) + from * word(at, 6) * 4, word(at, 5), word(at, 6), share(at, 7, part + 1) - from)
    }
    else if (code == SCATTER_ADD) scatterAdd(word(at, 2), word(at, 3), word(at, 4), word(at, 5), word(at, 6), size(at, 7), cut(word(at, 6), part), cut(word(at, 6), part + 1))
    else if (code == NORMALISE || code == NORMALISE_SLOPES) runNormalise(code, at)
    else runRecurrent(code, at)
    at += <usize>word(at, 1) << 2
  }
}

/** Elementwise operations over the same rows, block by block, so that what passes between them stays in the nearest cache. */
function group(at: usize): void {
  const end = share(at, 2, part + 1)
  const columns = word(at, 3)
  const block = word(at, 4)
  const last = at + (<usize>word(at, 1) << 2)
  const before = word(at, 2) < 0 ? (word(at, 2) & 0x7fffffff) * first : 0
  const local = parts == 1 ? 0 : <usize>part * <usize>block * <usize>columns << 2
  for (let row = share(at, 2, part); row < end; row += block) {
    const count = min(block, end - row)
    for (let each = at + 20; each < last; each += 44) {
      const op = word(each, 0)
      const out = <usize>word(each, 1) + (word(each, 2) == LOCAL ? local : 0)
      if (op < DROPOUT_MASK) {
        map(op, out, word(each, 2), operand(each, 3, local), word(each, 4), operand(each, 5, local), word(each, 6), operand(each, 7, local), word(each, 8),
          load<f32>(each, 36), load<f32>(each, 40), row, count, columns)
        continue
      }
      makeKey(seed0, seed1, step, word(each, 3))
      const to = word(each, 2) == LOCAL ? out : out + (<usize>row * <usize>columns << 2)
      const counter = (before + row) * columns
      if (op == DROPOUT_MASK) dropoutMask(to, counter, count * columns, word(each, 5), load<f32>(each, 36))
      else if (op == UNIFORM) uniform(to, counter, count * columns)
      else normal(to, counter, count * columns)
    }
  }
}

/** The address of an operand of a group; what lives only inside a block is each thread's own. */
@inline function operand(each: usize, index: usize, local: usize): usize {
  return <usize>word(each, index) + (word(each, index + 1) == LOCAL ? local : 0)
}

function runTranspose(at: usize): void {
  const from = share(at, 4, part)
  const columns = size(at, 5)
  transpose(word(at, 2) + from * columns * 4, word(at, 3) + from * 4, share(at, 4, part + 1) - from, columns, <usize>size(at, 4) << 2)
}

/** Shares out what is kept of each; of one sum over all, the columns. */
function runSum(at: usize): void {
  const outer = size(at, 4)
  const length = size(at, 5)
  const inner = size(at, 6)
  if (isMany(at, 4)) {
    const from = share(at, 4, part)
    sum(word(at, 2) + from * length * inner * 4, word(at, 3) + from * inner * 4, share(at, 4, part + 1) - from, length, inner, 0, inner)
  } else sum(word(at, 2), word(at, 3), outer, length, inner, cut(inner, part), cut(inner, part + 1))
}

function runRepeat(at: usize): void {
  const length = size(at, 5)
  const inner = size(at, 6)
  if (!isMany(at, 4)) {
    const from = share(at, 5, part)
    repeat(word(at, 2), word(at, 3) + from * inner * 4, 1, share(at, 5, part + 1) - from, inner)
  } else {
    const from = share(at, 4, part)
    repeat(word(at, 2) + from * inner * 4, word(at, 3) + from * length * inner * 4, share(at, 4, part + 1) - from, length, inner)
  }
}

function runCopy(at: usize): void {
  const fromStride = size(at, 6)
  const toStride = size(at, 7)
  if (!isMany(at, 4)) {
    const from = share(at, 5, part)
    copy(word(at, 2) + from * 4, word(at, 3) + from * 4, 1, <usize>(share(at, 5, part + 1) - from) << 2, 0, 0)
  } else {
    const from = share(at, 4, part)
    copy(word(at, 2) + from * fromStride * 4, word(at, 3) + from * toStride * 4, share(at, 4, part + 1) - from, <usize>size(at, 5) << 2, <usize>fromStride << 2, <usize>toStride << 2)
  }
}

/** Rows are shared out where each is normalised, else columns. */
function runNormalise(code: i32, at: usize): void {
  const first: usize = word(at, 2)
  const second: usize = word(at, 3)
  const out: usize = word(at, 4)
  const all = size(at, 5)
  const columns = word(at, 6)
  const epsilon = load<f32>(at, 32)
  if (word(at, 7) == 0) {
    const from = share(at, 5, part)
    const skip = <usize>from * <usize>columns << 2
    const count = share(at, 5, part + 1) - from
    if (code == NORMALISE) normaliseRows(first + skip, out + skip, count, columns, epsilon)
    else rowSlopes(first + skip, second + skip, out + skip, count, columns, epsilon)
  } else if (code == NORMALISE) normaliseColumns(first, out, all, columns, cut(columns, part), cut(columns, part + 1), epsilon)
  else columnSlopes(first, second, out, all, columns, cut(columns, part), cut(columns, part + 1), epsilon)
}

/** Where the own rows of a sequence begin: word `index` names the address, `width` its floats a row. */
@inline function own(at: usize, index: usize, from: i32, width: i32): usize {
  return <usize>word(at, index) + (<usize>from * <usize>width << 2)
}

function runRecurrent(code: i32, at: usize): void {
  if (code == GRU_WEIGHTS || code == LSTM_WEIGHTS) {
    const units = word(at, 7)
    const from = cut(units, part)
    const to = cut(units, part + 1)
    if (code == GRU_WEIGHTS) gruWeights(word(at, 2), word(at, 3), word(at, 4), size(at, 5), word(at, 6), units, scratch(at, 8), from, to)
    else lstmWeights(word(at, 2), word(at, 3), word(at, 4), size(at, 5), word(at, 6), units, scratch(at, 8), from, to)
    return
  }
  // rows, time and units follow the operands and the result, then the scratch
  const place: usize = code == GRU ? 6 : code == GRU_SLOPES ? 7 : code == LSTM ? 5 : 6
  const from = share(at, place, part)
  const count = share(at, place, part + 1) - from
  const time = word(at, place + 1)
  const units = word(at, place + 2)
  const wide = time * units
  const space = scratch(at, place + 3)
  if (code == GRU) gru(own(at, 2, from, 3 * wide), word(at, 3), word(at, 4), own(at, 5, from, 4 * wide), count, time, units, space)
  else if (code == GRU_SLOPES) gruSlopes(own(at, 2, from, wide), own(at, 3, from, 4 * wide), word(at, 4), word(at, 5), own(at, 6, from, 3 * wide), count, time, units, space)
  else if (code == LSTM) lstm(own(at, 2, from, 4 * wide), word(at, 3), own(at, 4, from, 6 * wide), count, time, units, space)
  else if (code == LSTM_SLOPES) lstmSlopes(own(at, 2, from, wide), own(at, 3, from, 6 * wide), word(at, 4), own(at, 5, from, 4 * wide), count, time, units, space)
  else unreachable()
}

/** The space of this thread: its address, then the bytes of each. */
@inline function scratch(at: usize, index: usize): usize {
  return <usize>word(at, index) + <usize>part * <usize>word(at, index + 1)
}
