import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runsOf, writtenRuns } from '../../lib/charts/path-runs.ts'

const compactPath = (d: string): string | undefined => {
  const runs = runsOf(d)
  return runs === undefined ? undefined : writtenRuns(runs)
}

describe('a path of straight lines in few characters', () => {
  test.each([
    ['M0,0h36.92v10h-36.92Z', 'M0 0h36.9v10h-36.9z'],
    ['M0,300L1.7,266.8L3.3,248', 'M0 300l1.7-33.2 1.6-18.8'],
    ['M1,2L1,2.5L4,2.5', 'M1 2v.5h3'],
    ['M0,0L1,1L2,2L3,3L4,9', 'M0 0l3 3 1 6'],
    ['M5,5L6,6ZM1,1L0.5,0.4', 'M5 5l1 1zM1 1l-.5-.6'],
  ])('%s', (d, short) => expect(compactPath(d)).toBe(short))

  test.each(['M2,0A2,2,0,1,1,-2,0', 'M0,0C1,1,2,2,3,3', 'M1'])('any other is not read: %s', d =>
    expect(compactPath(d)).toBeUndefined(),
  )

  test('moved, in whole tenths, each run from where the last one ended where that is shorter', () => {
    const runs = runsOf('M0,180h573M0,152h573', [62.5, 22.5]) ?? []
    expect(writtenRuns(runs)).toBe('M62.5 202.5h573m-573-28h573')
    expect(writtenRuns(runs, 1)).toBe('M625 2025h5730M625 1745h5730')
    expect(runsOf(writtenRuns(runs))).toEqual(runs)
  })

  test('no point lies further than an eighth of a pixel from where it was', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 })), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(places, points => {
        const at = points.map(([x, y]) => [x / 100, y / 100] as const)
        const line = corners(compactPath(`M${at.map(each => each.join(',')).join('L')}`) ?? '')
        for (const [x, y] of at) {
          const off = line.slice(1).map((to, i) => distance([x, y], line[i] as Place, to))
          expect(Math.min(...off, Math.hypot(x - (line[0] as Place)[0], y - (line[0] as Place)[1]))).toBeLessThan(0.16)
        }
      }),
    )
  })
})

type Place = readonly [number, number]

/** Read again by the rules of paths: a letter stands until the next one. */
function corners(d: string): readonly Place[] {
  const places: Place[] = []
  let [x, y] = [0, 0]
  for (const [, letter = '', numbers = ''] of d.matchAll(/([Mlhv])([^Mlhv]*)/g)) {
    const values = [...numbers.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([each]) => Number(each))
    const steps =
      letter === 'h'
        ? values.map(v => [v, 0])
        : letter === 'v'
          ? values.map(v => [0, v])
          : Array.from({ length: values.length / 2 }, (_, i) => values.slice(2 * i, 2 * i + 2))
    for (const [dx, dy] of steps as [number, number][]) {
      ;[x, y] = letter === 'M' ? [dx, dy] : [x + dx, y + dy]
      places.push([x, y])
    }
  }
  return places
}

function distance([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}
