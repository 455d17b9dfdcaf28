// What lib/engine/devices/wasm calls: a program run once, and training over the rows of a data set.
import { learn } from './learn'
import { alone, cut, cutLines, join, meet, newTurns, nextTurn, part, parts, together } from './parts'
import { makeKey, shuffle } from './random'
import { addUp } from './reduce'
import { begin, run } from './run'
import { marked16, marked32 } from './sparse'
import { word } from './words'

export { begin, join, run }
// so that they stay functions of their own (sparse.ts)
export { marked16, marked32 }

/** Where the module's own constants and room end: lib/engine/devices/wasm/layout.ts begins behind. */
export function constantsEnd(): usize {
  return __heap_base
}

/** The stream of the order of rows; operations use streams counted from 0. */
const ORDER_STREAM: u32 = 0xffffffff

/** The order of rows in one epoch. */
export function reorder(order: usize, rows: i32, key0: u32, key1: u32, epoch: u32): void {
  makeKey(key0, key1, epoch, ORDER_STREAM)
  shuffle(order, rows)
}

/** This thread's share of rows of a data set, `order` naming which, to a buffer. */
function gather(data: usize, buffer: usize, columns: i32, order: usize, rows: i32): void {
  const bytes = <usize>columns << 2
  const end = cut(rows, part + 1)
  let to = buffer + <usize>cut(rows, part) * bytes
  for (let r = cut(rows, part); r < end; r++) {
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
const PHASE: usize = 160

/**
 * Training over the rows of a data set in the order given; at each batch every phase runs and makes its update in turn. `task` points to the
 * words of lib/engine/devices/wasm/task.ts. Answers 0, 1 (a loss is not finite) or 2 (a gradient is not finite); then the task holds the phase,
 * and the step of the failing batch, whose update was not made. Every thread makes the same calls.
 */
export function train(task: usize): i32 {
  const batch = word(task, 0)
  const rows = word(task, 1)
  const phases = word(task, 9)
  let step = word(task, 7)
  for (let start = 0; start < rows; start += batch) {
    for (let p = 0; p < phases; p++) {
      const failed = trainStep(task, p, start, min(batch, rows - start), step)
      if (failed == 0) continue
      if (part == 0) store<i32>(task, p, 40)
      return failed
    }
    step++
    if (part == 0) store<i32>(task, step, 28)
  }
  return 0
}

/** One phase on one batch: loss, gradients, update. */
function trainStep(task: usize, p: i32, start: i32, rows: i32, step: u32): i32 {
  const phase = task + HEAD + <usize>p * PHASE
  evaluate(task, phase, p, start, rows, step)
  const loss = load<f32>(word(phase, 2))
  if (!isFinite<f32>(loss)) return 1
  if (!learn(phase, rows, step - word(task, 8))) return 2
  meet()
  if (part == 0) {
    store<f64>(phase, load<f64>(phase, 120) + <f64>loss * <f64>rows, 120)
    store<f64>(phase, load<f64>(phase, 104) * load<f64>(phase, 72), 104)
    store<f64>(phase, load<f64>(phase, 112) * load<f64>(phase, 80), 112)
  }
  return 0
}

/** The loss and the gradients of a batch: what needs none of its rows, then block by block of them, then what needs all. */
function evaluate(task: usize, phase: usize, p: i32, start: i32, rows: i32, step: u32): void {
  const order = <usize>word(task, 2) + (<usize>start << 2)
  begin(rows, word(task, 5), word(task, 6), step)
  prepare(phase, rows)
  if (word(phase, 12) == 0) {
    // one block, in which the threads share each instruction; phases after the first find the rows where that put them
    if (p == 0) gatherInputs(task, order, rows, 0)
    meet()
    run(word(phase, 10), word(phase, 11), rows, 0)
    meet()
  } else {
    const block = word(task, 11)
    const stretch = word(phase, 37)
    const blocks = (rows + block - 1) / block
    for (let before = 0; before < blocks; before += stretch) {
      const count = min(stretch, blocks - before)
      runBlocks(task, phase, order, rows, before, count)
      meet()
      newTurns()
      total(word(phase, 14), word(phase, 15), word(phase, 38), count, before, word(phase, 5))
      meet()
    }
  }
  if (word(phase, 11) == word(phase, 1)) return
  run(word(phase, 11), word(phase, 1), rows, 0)
  meet()
}

/** What comes before the blocks: shared, or each thread for itself. */
function prepare(phase: usize, rows: i32): void {
  const code: usize = word(phase, 0)
  const bytes: usize = word(phase, 35)
  if (word(phase, 36) == 0) {
    run(code, code + bytes, rows, 0)
    if (word(phase, 12) != 0) meet()
    return
  }
  const own = part
  const all = parts
  alone()
  run(code + <usize>own * bytes, code + <usize>(own + 1) * bytes, rows, 0)
  together(own, all)
}

/** This thread's share of `count` blocks after `before` of them: its own turns, then what others have not begun. */
function runBlocks(task: usize, phase: usize, order: usize, rows: i32, before: i32, count: i32): void {
  const block = word(task, 11)
  const own = part
  const all = parts
  const away = <usize>own * <usize>word(phase, 12)
  for (let k = 0; k < all; k++) {
    const whose = (own + k) % all
    for (;;) {
      const turn = nextTurn(whose) * all + whose
      if (turn >= count) break
      const first = (before + turn) * block
      const here = min(block, rows - first)
      alone()
      gatherInputs(task, order + (<usize>first << 2), here, away)
      const code = <usize>word(phase, 10) + <usize>(own * word(phase, 37) + turn) * <usize>word(phase, 13)
      run(code, code + <usize>word(phase, 13), here, first)
      together(own, all)
    }
  }
}

/** Rows of all inputs to their buffers, `away` bytes from those of the first thread. */
function gatherInputs(task: usize, order: usize, rows: i32, away: usize): void {
  const inputs: usize = word(task, 3)
  for (let i = 0; i < word(task, 4); i++) {
    const input = inputs + <usize>i * 12
    gather(word(input, 0), <usize>word(input, 1) + away, word(input, 2), order, rows)
  }
}

/**
 * What `count` blocks have each added up goes into the sums over all blocks, of which `before` are in already: for each sum in the table the address
 * of the first block's part, whose next one lies `apart` bytes behind; that of the sum; its floats; and its place among the `trained` gradients, or
 * -1. A thread adds up the gradients that it brings to the parameters.
 */
export function total(table: usize, sums: i32, apart: usize, count: i32, before: i32, trained: i32): void {
  for (let i = 0; i < sums; i++, table += 16) {
    const n = word(table, 2)
    const place = word(table, 3)
    const from = place < 0 ? cut(n, part) : max(0, min(n, cutLines(trained, part) - place))
    const to = place < 0 ? cut(n, part + 1) : max(0, min(n, cutLines(trained, part + 1) - place))
    addUp(<usize>word(table, 0) + <usize>from * 4, apart, <usize>word(table, 1) + <usize>from * 4, to - from, count, before)
  }
}
