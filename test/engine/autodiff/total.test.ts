import { describe, expect, it } from 'vitest'
import { total } from '../../../lib/engine/autodiff/total.ts'
import { input, pad, type Node } from '../../../lib/engine/index.ts'

const x = input('x', 2, 3)
/** Three steps of time from `start` on, of twelve. */
const at = (start: number): Node => pad(x, 1, start, 9 - start)

describe('the sum of gradients that meet', () => {
  it('lays what is end to end side by side, in whatever order it comes', () => {
    expect(total([at(0), at(3), at(6), at(9)])).toMatchObject({ op: 'concat', inputs: [x, x, x, x], shape: ['batch', 12, 2] })
    expect(total([at(9), at(6), at(3), at(0)])).toMatchObject({ op: 'concat', inputs: [x, x, x, x] })
    expect(total([at(6), at(3)])).toMatchObject({
      op: 'pad',
      attributes: { axis: 1, before: 3, after: 3 },
      shape: ['batch', 12, 2],
    })
  })

  it('adds what overlaps, leaves a gap, or is padded along another axis', () => {
    const other = pad(input('x', 1, 12), 2, 1, 0)
    for (const pair of [
      [at(0), at(2)],
      [at(0), at(0)],
      [at(0), at(6)],
      [at(9), other],
    ])
      expect(total(pair)).toMatchObject({ op: 'add', inputs: pair })
    expect(total([at(0), input('whole', 2, 12), at(3)])).toMatchObject({ op: 'add', inputs: [{ op: 'add' }, at(3)] })
  })
})
