import * as engine from '../../lib/engine/index.ts'
import type { Node, Op, Shape } from '../../lib/engine/index.ts'

/** One way to use an operation on operands of small shapes. `domain` says which values it may be checked at. */
export interface Case {
  readonly op: Op
  readonly title: string
  readonly shapes: readonly Shape[]
  readonly build: (operands: readonly Node[]) => Node
  readonly domain?: 'positive' | 'away-from-kinks'
  /** Too many operands for finite differences: only for devices to agree on. */
  readonly large?: boolean
}

type Unary = (x: Node) => Node
type Binary = (x: Node, y: Node) => Node

const unary = (op: Op, build: Unary, domain?: Case['domain']): Case[] => [
  { op, title: op, shapes: [[3, 5]], build: ([x]) => build(x as Node), ...(domain === undefined ? {} : { domain }) },
  {
    op,
    title: `${op} of three axes`,
    shapes: [[2, 3, 4]],
    build: ([x]) => build(x as Node),
    ...(domain === undefined ? {} : { domain }),
  },
]

const MEETINGS: readonly (readonly [string, Shape, Shape])[] = [
  ['alike', [3, 6], [3, 6]],
  ['row', [3, 5], [1, 5]],
  ['column', [3, 5], [3, 1]],
  ['scalar', [3, 5], [1, 1]],
  ['both repeated', [3, 1], [1, 6]],
  ['column first', [4, 1], [4, 7]],
  ['three axes, row', [2, 3, 4], [1, 1, 4]],
  ['three axes, time repeated', [2, 3, 4], [2, 1, 4]],
  ['three axes, batch repeated', [1, 3, 4], [2, 3, 4]],
  ['three axes, two against three', [2, 3, 4], [3, 4]],
  ['one column', [5, 1], [5, 1]],
]

const binary = (op: Op, build: Binary, domain?: Case['domain']): Case[] =>
  MEETINGS.map(([title, a, b]) => ({
    op,
    title: `${op}, ${title}`,
    shapes: [a, b],
    build: ([x, y]) => build(x as Node, y as Node),
    ...(domain === undefined ? {} : { domain }),
  }))

const product = (
  title: string,
  a: Shape,
  b: Shape,
  flags: { readonly transposeA?: boolean; readonly transposeB?: boolean },
): Case => ({
  op: 'product',
  title: `product, ${title}`,
  shapes: [a, b],
  build: ([x, y]) => engine.product(x as Node, y as Node, flags),
})

/** A column of row numbers, made of constants. */
const numbers = (values: readonly number[]): Node =>
  engine.concat(
    values.map(value => engine.constant(value)),
    0,
  )

const NORMALISED: readonly (readonly [Shape, large?: true])[] = [[[3, 5]], [[2, 3, 4]], [[7, 23], true], [[3, 6, 37], true]]

const normalised: readonly Case[] = (['row', 'column'] as const).flatMap(each =>
  NORMALISED.flatMap(([shape, large]): Case[] => {
    const title = `each ${each} of (${shape.join(', ')})`
    const own = (x: Node | undefined): Node => engine.normalise(x as Node, each, 1e-2)
    const slopes = ([g, x]: readonly Node[]): Node =>
      engine.gradients(engine.sumAll(engine.multiply(own(x), g as Node)), [x as Node])[0] as Node
    return [
      { op: 'normalise', title: `normalise ${title}`, shapes: [shape], build: ([x]) => own(x), ...(large && { large }) },
      {
        op: 'normaliseSlopes',
        title: `slopes of normalise ${title}`,
        shapes: [shape, shape],
        build: slopes,
        ...(large && { large }),
      },
    ]
  }),
)

/** Every operation that has operands, in the ways that its kernels tell apart. */
export const CASES: readonly Case[] = [
  ...normalised,
  ...unary('negate', engine.negate),
  ...unary('relu', engine.relu, 'away-from-kinks'),
  ...unary('sigmoid', engine.sigmoid),
  ...unary('tanh', engine.tanh),
  ...unary('softplus', engine.softplus),
  ...unary('exp', engine.exp),
  ...unary('log', engine.log, 'positive'),
  ...unary('sqrt', engine.sqrt, 'positive'),
  ...unary('square', engine.square),
  ...unary('abs', engine.abs, 'away-from-kinks'),
  ...unary('sign', engine.sign, 'away-from-kinks'),
  ...unary('clip', x => engine.clip(x, -0.75, 0.75), 'away-from-kinks'),
  ...unary('erf', engine.erf),
  ...unary('erf', engine.gelu).map(each => ({ ...each, title: each.title.replace('erf', 'gelu') })),
  {
    op: 'select',
    title: 'leaky ReLU',
    shapes: [[3, 5]],
    build: ([x]) => engine.leakyRelu(x as Node, 0.2),
    domain: 'away-from-kinks',
  },
  { op: 'select', title: 'ELU', shapes: [[3, 5]], build: ([x]) => engine.elu(x as Node, 1.5), domain: 'away-from-kinks' },
  { op: 'multiply', title: 'pow of a whole number', shapes: [[3, 5]], build: ([x]) => engine.pow(x as Node, 5) },
  { op: 'divide', title: 'pow of -3', shapes: [[3, 5]], build: ([x]) => engine.pow(x as Node, -3), domain: 'positive' },
  {
    op: 'exp',
    title: 'pow of a node',
    shapes: [
      [3, 5],
      [1, 5],
    ],
    build: ([x, y]) => engine.pow(x as Node, y as Node),
    domain: 'positive',
  },
  { op: 'log', title: 'log-gamma', shapes: [[3, 5]], build: ([x]) => engine.lgamma(x as Node), domain: 'positive' },
  { op: 'log', title: 'digamma', shapes: [[3, 5]], build: ([x]) => engine.digamma(x as Node), domain: 'positive' },
  { op: 'log', title: 'trigamma', shapes: [[3, 5]], build: ([x]) => engine.trigamma(x as Node), domain: 'positive' },
  ...(
    [
      [[3, 5], 1],
      [[2, 3, 4], 1],
      [[2, 3, 4], 2],
    ] as const
  ).map(([shape, axis]): Case => ({
    op: 'max',
    title: `max of (${shape.join(', ')}) over axis ${axis}`,
    shapes: [shape],
    build: ([x]) => engine.max(x as Node, axis),
  })),
  { op: 'exp', title: 'softmax', shapes: [[3, 5]], build: ([x]) => engine.softmax(x as Node) },
  { op: 'exp', title: 'log-sum-exp of three axes', shapes: [[2, 3, 4]], build: ([x]) => engine.logSumExp(x as Node) },
  { op: 'exp', title: 'log-softmax', shapes: [[3, 5]], build: ([x]) => engine.logSoftmax(x as Node) },
  {
    op: 'concat',
    title: 'softmax by blocks',
    shapes: [[3, 8]],
    build: ([x]) => engine.byBlocks(x as Node, [3, 1, 4], engine.softmax),
  },
  { op: 'gather', title: 'gather', shapes: [[4, 3]], build: ([table]) => engine.gather(table as Node, numbers([2, 0, 3, 2, 1])) },
  {
    op: 'scatterAdd',
    title: 'scatter-add',
    shapes: [[5, 3]],
    build: ([values]) => engine.scatterAdd(values as Node, numbers([2, 0, 3, 2, 1]), 4),
  },
  ...(
    [
      [2, 3, 4],
      [3, 2, 5],
      [35, 4, 3],
      [2, 1, 3],
      [2, 12, 3],
    ] as const
  ).flatMap(([rows, time, units]): Case[] => [
    {
      op: 'gru',
      title: `GRU of ${rows} rows, ${time} steps, ${units} units`,
      shapes: [
        [rows, time, 3 * units],
        [units, 2 * units],
        [units, units],
      ],
      build: ([s, u, v]) => engine.gru(s as Node, u as Node, v as Node),
      large: rows > 32,
    },
    {
      op: 'lstm',
      title: `LSTM of ${rows} rows, ${time} steps, ${units} units`,
      shapes: [
        [rows, time, 4 * units],
        [units, 4 * units],
      ],
      build: ([s, u]) => engine.lstm(s as Node, u as Node),
      large: rows > 32,
    },
  ]),
  ...binary('add', engine.add),
  ...binary('subtract', engine.subtract),
  ...binary('multiply', engine.multiply),
  ...binary('divide', engine.divide, 'positive'),
  ...binary('maximum', engine.maximum, 'away-from-kinks'),
  ...binary('minimum', engine.minimum, 'away-from-kinks'),
  ...binary('greater', engine.greater, 'away-from-kinks'),
  ...binary('greaterEqual', engine.greaterEqual, 'away-from-kinks'),
  ...binary('equal', engine.equal, 'away-from-kinks'),
  ...binary('gate', engine.gate, 'away-from-kinks'),
  {
    op: 'select',
    title: 'select',
    shapes: [
      [3, 5],
      [3, 5],
      [1, 5],
    ],
    build: ([c, x, y]) => engine.select(engine.greater(c as Node, 0), x as Node, y as Node),
    domain: 'away-from-kinks',
  },
  product('plain', [5, 7], [7, 18], {}),
  product('wide', [3, 4], [4, 37], {}),
  product('one column', [6, 9], [9, 1], {}),
  product('A transposed', [7, 5], [7, 6], { transposeA: true }),
  product('A transposed, one column', [7, 5], [7, 1], { transposeA: true }),
  product('B transposed', [5, 7], [6, 7], { transposeB: true }),
  product('B transposed, inner length 1', [5, 1], [6, 1], { transposeB: true }),
  product('both transposed', [7, 5], [6, 7], { transposeA: true, transposeB: true }),
  { ...product('A transposed, deeper than a cache', [700, 5], [700, 37], { transposeA: true }), large: true },
  { ...product('one column, deeper than a cache', [7, 700], [700, 1], {}), large: true },
  product('three axes', [2, 3, 4], [4, 5], {}),
  product('three axes on both sides', [2, 3, 4], [2, 3, 5], { transposeA: true }),
  ...(
    [
      [[3, 5], 0],
      [[3, 5], 1],
      [[3, 17], 0],
      [[2, 3, 4], 0],
      [[2, 3, 4], 1],
      [[2, 3, 4], 2],
    ] as const
  ).map(([shape, axis]): Case => ({
    op: 'sum',
    title: `sum of (${shape.join(', ')}) over axis ${axis}`,
    shapes: [shape],
    build: ([x]) => engine.sum(x as Node, axis),
  })),
  { op: 'sum', title: 'mean of all', shapes: [[2, 3, 4]], build: ([x]) => engine.meanAll(x as Node) },
  ...(
    [
      [[1, 5], 0],
      [[3, 1], 1],
      [[2, 1, 4], 1],
    ] as const
  ).map(([shape, axis]): Case => ({
    op: 'repeat',
    title: `repeat (${shape.join(', ')}) along axis ${axis}`,
    shapes: [shape],
    build: ([x]) => engine.repeat(x as Node, axis, 3),
  })),
  { op: 'slice', title: 'slice of columns', shapes: [[3, 7]], build: ([x]) => engine.slice(x as Node, 1, 2, 5) },
  { op: 'slice', title: 'slice of times', shapes: [[2, 5, 3]], build: ([x]) => engine.slice(x as Node, 1, 1, 3) },
  { op: 'pad', title: 'pad columns', shapes: [[3, 4]], build: ([x]) => engine.pad(x as Node, 1, 2, 1) },
  { op: 'pad', title: 'pad times', shapes: [[2, 3, 4]], build: ([x]) => engine.pad(x as Node, 1, 1, 0) },
  {
    op: 'concat',
    title: 'concat of columns',
    shapes: [
      [3, 4],
      [3, 2],
      [3, 1],
    ],
    build: parts => engine.concat(parts, 1),
  },
  {
    op: 'concat',
    title: 'concat of times',
    shapes: [
      [2, 3, 4],
      [2, 1, 4],
    ],
    build: parts => engine.concat(parts, 1),
  },
  { op: 'transpose', title: 'transpose', shapes: [[5, 6]], build: ([x]) => engine.transpose(x as Node) },
  { op: 'reshape', title: 'reshape', shapes: [[2, 3, 4]], build: ([x]) => engine.reshape(x as Node, [6, 4]) },
]
