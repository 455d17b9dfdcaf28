// Elementwise operations. The codes are those of lib/engine/devices/wasm/opcodes.ts.
import { erf4, exp4, log4, sigmoid4, settled, softplus4, tanh4 } from './math'
import { lanes } from './parts'

const NEGATE = 1
const RELU = 2
const SIGMOID = 3
const TANH = 4
const SOFTPLUS = 5
const EXP = 6
const LOG = 7
const SQRT = 8
const SQUARE = 9
const ABS = 10
const SIGN = 11
const CLIP = 12
const ERF = 13
const ADD = 20
const SUBTRACT = 21
const MULTIPLY = 22
const DIVIDE = 23
const MAXIMUM = 24
const MINIMUM = 25
const GREATER = 26
const GREATER_EQUAL = 27
const EQUAL = 28
const GATE = 29
const SELECT = 30
const IDENTITY = 31

/** Names of the operations for the compiler, so that each gets a loop of its own: it folds no constants into inlined calls. */
class Negate {}
class Relu {}
class Sigmoid {}
class Tanh {}
class Softplus {}
class Exp {}
class Log {}
class Sqrt {}
class Square {}
class Abs {}
class Sign {}
class Clip {}
class Erf {}
class Add {}
class Subtract {}
class Multiply {}
class Divide {}
class Maximum {}
class Minimum {}
class Greater {}
class GreaterEqual {}
class Equal {}
class Gate {}
class Select {}
class Identity {}

/** How an operand meets the shape of the result. */
export const FULL = 0
export const SCALAR = 1
export const ROW = 2
export const COLUMN = 3
export const LOCAL = 4

@inline function one(condition: v128): v128 {
  return v128.and(condition, f32x4.splat(1))
}

@inline function apply<Op>(x: v128, y: v128, z: v128, low: v128, high: v128): v128 {
  if (idof<Op>() == idof<Negate>()) return f32x4.neg(x)
  if (idof<Op>() == idof<Relu>()) return f32x4.pmax(x, f32x4.splat(0))
  if (idof<Op>() == idof<Sigmoid>()) return sigmoid4(x)
  if (idof<Op>() == idof<Tanh>()) return tanh4(x)
  if (idof<Op>() == idof<Softplus>()) return softplus4(x)
  if (idof<Op>() == idof<Exp>()) return exp4(x)
  if (idof<Op>() == idof<Log>()) return log4(x)
  if (idof<Op>() == idof<Sqrt>()) return f32x4.sqrt(x)
  if (idof<Op>() == idof<Square>()) return f32x4.mul(x, x)
  if (idof<Op>() == idof<Abs>()) return f32x4.abs(x)
  if (idof<Op>() == idof<Sign>()) return f32x4.sub(one(f32x4.gt(x, f32x4.splat(0))), one(f32x4.lt(x, f32x4.splat(0))))
  if (idof<Op>() == idof<Clip>()) return f32x4.min(f32x4.max(x, low), high)
  if (idof<Op>() == idof<Erf>()) return erf4(x)
  if (idof<Op>() == idof<Add>()) return f32x4.add(x, y)
  if (idof<Op>() == idof<Subtract>()) return f32x4.sub(x, y)
  if (idof<Op>() == idof<Multiply>()) return f32x4.mul(x, y)
  if (idof<Op>() == idof<Divide>()) return f32x4.div(x, y)
  if (idof<Op>() == idof<Maximum>()) return f32x4.max(x, y)
  if (idof<Op>() == idof<Minimum>()) return f32x4.min(x, y)
  if (idof<Op>() == idof<Greater>()) return one(f32x4.gt(x, y))
  if (idof<Op>() == idof<GreaterEqual>()) return one(f32x4.ge(x, y))
  if (idof<Op>() == idof<Equal>()) return one(f32x4.eq(x, y))
  if (idof<Op>() == idof<Gate>()) return v128.and(settled(x, 8e-28), f32x4.gt(y, f32x4.splat(0)))
  if (idof<Op>() == idof<Select>()) return v128.bitselect(y, z, f32x4.ne(x, f32x4.splat(0)))
  return x
}

/** How many operands there are to load. */
@inline function arity<Op>(): i32 {
  if (idof<Op>() == idof<Select>()) return 3
  return idof<Op>() == idof<Add>() || idof<Op>() == idof<Subtract>() || idof<Op>() == idof<Multiply>() || idof<Op>() == idof<Divide>()
    || idof<Op>() == idof<Maximum>() || idof<Op>() == idof<Minimum>() || idof<Op>() == idof<Greater>() || idof<Op>() == idof<GreaterEqual>()
    || idof<Op>() == idof<Equal>() || idof<Op>() == idof<Gate>() ? 2 : 1
}

/** Whether it takes no longer than a few instructions. */
@inline function light<Op>(): bool {
  return !(idof<Op>() == idof<Sigmoid>() || idof<Op>() == idof<Tanh>() || idof<Op>() == idof<Softplus>() || idof<Op>() == idof<Exp>()
    || idof<Op>() == idof<Log>() || idof<Op>() == idof<Erf>())
}

@inline function loaded<Op>(a: usize, b: usize, c: usize, low: v128, high: v128): v128 {
  const x = v128.load(a)
  return apply<Op>(x, arity<Op>() > 1 ? v128.load(b) : x, arity<Op>() > 2 ? v128.load(c) : x, low, high)
}

function loop<Op>(d: usize, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, n: i32, f0: f32, f1: f32): void {
  const low = f32x4.splat(f0)
  const high = f32x4.splat(f1)
  let left = n
  // four vectors at once: going round a loop, where a thread may be stopped, takes longer than to multiply a vector
  if (light<Op>()) {
    for (; left >= 16; left -= 16) {
      v128.store(d, loaded<Op>(a, b, c, low, high))
      v128.store(d, loaded<Op>(a + sa, b + sb, c + sc, low, high), 16)
      a += sa << 1
      b += sb << 1
      c += sc << 1
      v128.store(d, loaded<Op>(a, b, c, low, high), 32)
      v128.store(d, loaded<Op>(a + sa, b + sb, c + sc, low, high), 48)
      d += 64
      a += sa << 1
      b += sb << 1
      c += sc << 1
    }
  }
  for (; left >= 4; left -= 4) {
    v128.store(d, loaded<Op>(a, b, c, low, high))
    d += 16
    a += sa
    b += sb
    c += sc
  }
  if (left > 0) {
    const last = loaded<Op>(a, b, c, low, high)
    v128.store_lane<f32>(d, last, 0)
    if (left > 1) v128.store_lane<f32>(d, last, 1, 4)
    if (left > 2) v128.store_lane<f32>(d, last, 2, 8)
  }
}

/** One run of n elements; operands advance by 16 bytes or, for a scalar, by 0. */
function run(op: i32, d: usize, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, n: i32, f0: f32, f1: f32): void {
  switch (op) {
    case NEGATE: loop<Negate>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case RELU: loop<Relu>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SIGMOID: loop<Sigmoid>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case TANH: loop<Tanh>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SOFTPLUS: loop<Softplus>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case EXP: loop<Exp>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case LOG: loop<Log>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SQRT: loop<Sqrt>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SQUARE: loop<Square>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case ABS: loop<Abs>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SIGN: loop<Sign>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case CLIP: loop<Clip>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case ERF: loop<Erf>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case ADD: loop<Add>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SUBTRACT: loop<Subtract>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case MULTIPLY: loop<Multiply>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case DIVIDE: loop<Divide>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case MAXIMUM: loop<Maximum>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case MINIMUM: loop<Minimum>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case GREATER: loop<Greater>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case GREATER_EQUAL: loop<GreaterEqual>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case EQUAL: loop<Equal>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case GATE: loop<Gate>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case SELECT: loop<Select>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    case IDENTITY: loop<Identity>(d, a, sa, b, sb, c, sc, n, f0, f1); break
    default: unreachable()
  }
}

/** In place over n elements. */
export function mapInPlace(op: i32, x: usize, n: i32): void {
  run(op, x, x, 16, x, 16, x, 16, n, 0, 0)
}

/** Where an operand's row `r` of a block starts; a scalar is spread over its scratch vector first. */
@inline function place(base: usize, mode: i32, row: usize, columns: usize, scratch: usize): usize {
  if (mode == FULL) return base + ((row * columns) << 2)
  if (mode == SCALAR) {
    v128.store(scratch, v128.load32_splat(base))
    return scratch
  }
  if (mode == COLUMN) {
    v128.store(scratch, v128.load32_splat(base + (row << 2)))
    return scratch
  }
  return base
}

@inline function advances(mode: i32): usize {
  return mode == SCALAR || mode == COLUMN ? 0 : 16
}

/** Rows `row` … `row + rows - 1` of an elementwise operation over `columns` columns. */
export function map(
  op: i32, d: usize, md: i32, a: usize, ma: i32, b: usize, mb: i32, c: usize, mc: i32, f0: f32, f1: f32,
  row: i32, rows: i32, columns: i32,
): void {
  const flat = ma != ROW && ma != COLUMN && mb != ROW && mb != COLUMN && mc != ROW && mc != COLUMN
  const start = md == LOCAL ? d : d + (<usize>row * <usize>columns << 2)
  const sa = advances(ma)
  const sb = advances(mb)
  const sc = advances(mc)
  if (flat) {
    run(op, start, place(a, ma, row, columns, lanes), sa, place(b, mb, row, columns, lanes + 16), sb, place(c, mc, row, columns, lanes + 32), sc, rows * columns, f0, f1)
    return
  }
  for (let r = 0; r < rows; r++) {
    const shift = (<usize>r * <usize>columns) << 2
    const x = ma == LOCAL ? a + shift : place(a, ma, row + r, columns, lanes)
    const y = mb == LOCAL ? b + shift : place(b, mb, row + r, columns, lanes + 16)
    const z = mc == LOCAL ? c + shift : place(c, mc, row + r, columns, lanes + 32)
    run(op, start + shift, x, sa, y, sb, z, sc, columns, f0, f1)
  }
}
