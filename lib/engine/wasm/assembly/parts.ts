// The threads of one step. Each runs the same instructions and takes its own part of every one; they meet at barriers. How the parts are cut
// never shows in the bits: an output is made by one thread, which adds in the order that a single one would.

/** This thread among `parts` of them, counted from 0. */
export let part: i32 = 0
export let parts: i32 = 1

/** Where the threads meet; lib/engine/devices/wasm/control.ts has the layout: arrived and sleeping, the count of meetings, whether all is called off. */
let control: usize = 0
const SLEEPING: usize = 4
const MEETINGS: usize = 64
const CALLED_OFF: usize = 128
const NUMBER: usize = 136
const OWN: usize = 192
const OWN_BYTES: usize = 128
const TURNS: usize = 4

/**
 * Looks at the count of meetings before a thread goes to sleep: a few tenths of a millisecond, for a thread that is woken comes late, and to the core of the
 * one that woke it: with a fifth of this the ratio of two threads to one fell from 1.9 to anything down to 1.2. Where threads share a core the others come
 * only when this one sleeps: then it looks long no more, but for once in a while, lest all go on sleeping when each has a core again.
 */
const PATIENCE = 100000
const IMPATIENCE = 200
const FORGIVEN = 16
const ONCE_IN = 16

/** Meetings in a row that this thread slept before. */
let slept: i32 = 0

/** A vector a lane wide for each of three operands, of this thread alone. */
export let lanes: usize = memory.data(48, 16)

/** Room for the columns of a product's second operand that are worked on, of this thread alone. */
export let panel: usize = memory.data(32768, 16)
const PANEL_BYTES: usize = 32768

/** Room for the marks of a product that leaves out zeros, of this thread alone. */
export let marks: usize = memory.data(4096, 16)
const MARKS_BYTES: usize = 4096

export function join(own: i32, all: i32, at: usize): void {
  part = own
  parts = all
  if (at == 0) return
  control = at
  lanes = at + OWN + <usize>own * OWN_BYTES + 64
  panel = at + OWN + <usize>all * OWN_BYTES + <usize>own * (PANEL_BYTES + MARKS_BYTES)
  marks = panel + PANEL_BYTES
}

/** From now on until `together`, this thread runs as if it were the only one. */
export function alone(): void {
  part = 0
  parts = 1
}

export function together(own: i32, all: i32): void {
  part = own
  parts = all
}

/** Where part `p` begins when n rows are shared out in fours; part `p + 1` begins where it ends. */
@inline export function cut(n: i32, p: i32): i32 {
  return cutIn(4, n, p)
}

/** The same in lines of a cache, for floats that lie side by side: two threads never write to one. */
@inline export function cutLines(n: i32, p: i32): i32 {
  return cutIn(16, n, p)
}

@inline function cutIn(unit: i32, n: i32, p: i32): i32 {
  return parts == 1 ? (p == 0 ? 0 : n) : min(n, (n + unit * parts - 1) / (unit * parts) * unit * p)
}

/** Turns that are taken where there is one thread alone. */
let taken: i32 = 0

/** Takes the next turn of a thread, counted from 0: whoever is done with its own takes those of others, so that none waits for one that is held up. */
export function nextTurn(whose: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    if (parts > 1) return atomic.add<i32>(control + OWN + <usize>whose * OWN_BYTES, 1, TURNS)
  }
  return taken++
}

/** This thread's turns begin anew: between two meetings, while nobody takes any. */
export function newTurns(): void {
  if (ASC_FEATURE_THREADS) {
    if (parts > 1) atomic.store<i32>(control + OWN + <usize>part * OWN_BYTES, 0, TURNS)
  }
  taken = 0
}

/** Waits until every thread is here; what they have written is then seen by all. Traps when the work is called off. */
export function meet(): void {
  if (ASC_FEATURE_THREADS) {
    if (parts == 1) return
    const now = atomic.load<i32>(control, MEETINGS)
    if (atomic.add<i32>(control, 1) == parts - 1) {
      atomic.store<i32>(control, 0)
      atomic.add<i32>(control, 1, MEETINGS)
      if (atomic.load<i32>(control, SLEEPING) > 0) atomic.notify(control + MEETINGS, -1)
    } else {
      let left = slept < FORGIVEN || slept % ONCE_IN == 0 ? PATIENCE : IMPATIENCE
      while (atomic.load<i32>(control, MEETINGS) == now && left > 0) left--
      slept = left == 0 ? slept + 1 : 0
      if (left == 0) {
        atomic.add<i32>(control, 1, SLEEPING)
        while (atomic.load<i32>(control, MEETINGS) == now) atomic.wait<i32>(control + MEETINGS, now, -1)
        atomic.sub<i32>(control, 1, SLEEPING)
      }
    }
    if (atomic.load<i32>(control, CALLED_OFF) != 0) unreachable()
  }
}

/** Whether it holds for every thread. A meeting. */
export function allHold(own: bool): bool {
  if (parts == 1) return own
  store<i32>(control + OWN + <usize>part * OWN_BYTES, own ? 1 : 0)
  meet()
  for (let p = 0; p < parts; p++) if (load<i32>(control + OWN + <usize>p * OWN_BYTES) == 0) return false
  return true
}

/** A number that the first thread knows, for all. A meeting. */
export function told(value: f64): f64 {
  if (parts == 1) return value
  if (part == 0) store<f64>(control, value, NUMBER)
  meet()
  return load<f64>(control, NUMBER)
}
