// The words of instructions: addresses, and sizes that may scale with the rows of the batch.
import { cut } from './parts'

/** Rows of the block that is run. */
let rows: i32 = 0

export function setRows(count: i32): void {
  rows = count
}

@inline export function word(at: usize, index: usize): i32 {
  return load<i32>(at + (index << 2))
}

/** A size: the sign bit marks a multiple of the rows. */
@inline export function size(at: usize, index: usize): i32 {
  const raw = word(at, index)
  return raw < 0 ? (raw & 0x7fffffff) * rows : raw
}

/**
 * Whether a size is more than 1 by what the program says, not by the rows that are there: a last batch of one row is shared out as all others are, by rows,
 * since no meeting stands between instructions that keep to them.
 */
@inline export function isMany(at: usize, index: usize): boolean {
  return word(at, index) != 1
}

/** Where part `p` of a size begins: rows stay whole, so that parts of one batch meet at the same rows in every instruction. */
@inline export function share(at: usize, index: usize, p: i32): i32 {
  const raw = word(at, index)
  return raw < 0 ? (raw & 0x7fffffff) * cut(rows, p) : cut(raw, p)
}
