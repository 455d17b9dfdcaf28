import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '../../../lib/engine/autodiff/rules.ts'
import * as engine from '../../../lib/engine/index.ts'
import { gradients, meanAll, parameter, square, type Node } from '../../../lib/engine/index.ts'
import { called, PAIRS } from './pairs.ts'

const GRAPH = path.resolve(import.meta.dirname, '../../../lib/engine/graph')

/** What the pairs of `tensorflow.test.ts` leave out, and the test that has it instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // layers of TensorFlow.js, not functions of tensors
  gru: 'recurrent.test.ts',
  lstm: 'recurrent.test.ts',
  // TensorFlow.js has no gamma function: tables of mpmath
  lgamma: '../graph/gamma.test.ts',
  digamma: '../graph/gamma.test.ts',
  trigamma: '../graph/gamma.test.ts',
  // its draws are others: a second implementation of the generator, distributions, and gradients with what was drawn given to TensorFlow.js
  dropoutMask: '../graph/draws.test.ts',
  randomBernoulli: '../graph/draws.test.ts',
  randomGumbel: '../graph/draws.test.ts',
  randomNormal: '../graph/draws.test.ts',
  randomUniform: '../graph/draws.test.ts',
  gumbelSoftmax: '../graph/draws.test.ts',
  // it has no such thing, and none of the engine's gradients passes it
  stopGradient: '../graph/leaves.test.ts',
  rowCount: '../graph/leaves.test.ts',
  input: '../graph/leaves.test.ts',
}

/** Operations of programs that no function of the engine has for its own: of what. */
const PARTS: Readonly<Record<string, string>> = {
  rows: 'rowCount',
  uniform: 'randomUniform',
  normal: 'randomNormal',
  gruSlopes: 'gru',
  gruWeights: 'gru',
  lstmSlopes: 'lstm',
  lstmWeights: 'lstm',
}

const operations = new Set<string>()
let functions: readonly string[] = []

beforeAll(async () => {
  const seen = new Set<Node>()
  const walk = (node: Node): void => {
    if (seen.has(node)) return
    seen.add(node)
    operations.add(node.op)
    node.inputs.forEach(walk)
  }
  for (const [, ours] of PAIRS) {
    const [x, y] = [parameter('x', 4, 5), parameter('y', 4, 5)]
    const loss = meanAll(square(ours(x, y)))
    ;[loss, ...gradients(loss, [x, y])].forEach(walk)
  }
  // helpers of the room are not exported, and shapes are no operations
  const files = fs.readdirSync(GRAPH).filter(file => file !== 'shape.ts' && file !== 'node.ts')
  const modules = await Promise.all(files.map(async file => Object.keys((await import(path.join(GRAPH, file))) as object)))
  functions = modules.flat().filter(name => name in engine)
})

describe('each operation has a counterpart', () => {
  it('in TensorFlow.js, or is listed with the test that has another one: functions of the engine', () => {
    // those that make what pairs are made of
    const given = ['parameter', 'constant']
    expect(functions).toContain('logSumExp')
    expect(functions.filter(name => !called.has(name) && !given.includes(name)).toSorted()).toEqual(
      Object.keys(ELSEWHERE).toSorted(),
    )
  })

  it('in TensorFlow.js, or is listed with the test that has another one: operations of programs', () => {
    const listed = (op: string): boolean => op in ELSEWHERE || (PARTS[op] ?? '') in ELSEWHERE
    expect(Object.keys(RULES).filter(op => !operations.has(op) && !listed(op))).toEqual([])
    expect(Object.keys(PARTS).filter(op => operations.has(op))).toEqual([])
  })

  it.each(Object.entries(ELSEWHERE))('%s is named in %s', (name, file) => {
    expect(fs.readFileSync(path.join(import.meta.dirname, file), 'utf8')).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
