import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeLabels, type Named, type Place } from '../../lib/charts/place-labels.ts'
import { textWidth } from '../../lib/charts/text-width.ts'

const [HEIGHT, WIDTHS] = [300, [580, 360]] as const
/** A curve of a share to the power of `bend`, the lower the further from chance. */
const curve = (bend: number): readonly Place[] => Array.from({ length: 60 }, (_, i) => ({ x: i / 59, y: (i / 59) ** bend }))
const diagonal: readonly Place[] = [{ x: 0, y: 0 }, { x: 1, y: 1 }] // prettier-ignore

/** Of a label's words, in pixels of a plot so wide. */
function boxOf({ at, side }: { readonly at: Place; readonly side: string }, label: readonly string[], width: number) {
  const wide = Math.max(...label.map(line => textWidth(line, 11)))
  const [x, y] = [at.x * width, (1 - at.y) * HEIGHT]
  const left = side === 'left' ? x - 4 - wide : x + 4
  return { left, right: left + wide, top: y - 6.5 * label.length, bottom: y + 6.5 * label.length }
}

describe('words beside lines', () => {
  const named = fc
    .uniqueArray(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 4 })
    .map(bends => bends.map((bend, i): Named => ({ label: [`Model ${i}`, '61%'], points: curve(bend / 100) })))

  test('lie within the plot, on no line and on no other words, at either width; leaders begin on their own line', () => {
    fc.assert(
      fc.property(named, lines => {
        const placed = placeLabels(lines, { firm: [diagonal] }, HEIGHT, WIDTHS)
        if (placed === undefined) return
        for (const width of WIDTHS) {
          const boxes = placed.map((each, i) => boxOf(each, (lines[i] as Named).label, width))
          boxes.forEach((box, i) => {
            expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= HEIGHT).toBe(true)
            for (const other of boxes.slice(i + 1))
              expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom).toBe(
                false,
              )
            for (const { x, y } of [...lines.flatMap(({ points }) => points), ...diagonal]) {
              const [px, py] = [x * width, (1 - y) * HEIGHT]
              expect(px > box.left && px < box.right && py > box.top && py < box.bottom).toBe(false)
            }
          })
        }
        placed.forEach(({ on }, i) => {
          const { points } = lines[i] as Named
          const after = points.findIndex(({ x }) => x >= on.x)
          const [a, b] = [points[after - 1], points[after]] as [Place, Place]
          expect(on.y).toBeGreaterThanOrEqual(a.y - 1e-9)
          expect(on.y).toBeLessThanOrEqual(b.y + 1e-9)
        })
      }),
      { numRuns: 40 },
    )
  })

  test('find a place for two curves that are apart', () => {
    const lines = [curve(0.2), curve(0.6)].map((points, i): Named => ({ label: [`Model ${i}`], points }))
    expect(placeLabels(lines, { firm: [diagonal] }, HEIGHT, WIDTHS)).toHaveLength(2)
  })

  test('lie over the edge of a shade where there is no other room', () => {
    const lines = [0.25, 0.27, 0.29, 0.31].map((bend, i): Named => ({
      label: [`A model of a long name ${i}`, 'and of two lines'],
      points: curve(bend),
    }))
    expect(placeLabels(lines, { firm: [diagonal] }, HEIGHT, WIDTHS)).toBeUndefined()
    expect(placeLabels(lines, { firm: [], edges: [diagonal] }, HEIGHT, WIDTHS)).toHaveLength(4)
  })

  test('have none where they are wider than the plot', () => {
    expect(placeLabels([{ label: ['w'.repeat(80)], points: curve(0.3) }], { firm: [] }, HEIGHT, WIDTHS)).toBeUndefined()
  })
})
