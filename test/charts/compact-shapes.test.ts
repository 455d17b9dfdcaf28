import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactPath } from '../../lib/charts/compact-path.ts'
import { slimSvg } from '../../lib/charts/slim-svg.ts'

describe('a path of straight lines in few characters', () => {
  test.each([
    ['M0,0h36.92v10h-36.92Z', 'M0 0h36.9v10h-36.9z'],
    ['M0,300L1.7,266.8L3.3,248', 'M0 300l1.7-33.2 1.6-18.8'],
    ['M1,2L1,2.5L4,2.5', 'M1 2v.5h3'],
    ['M0,0L1,1L2,2L3,3L4,9', 'M0 0l3 3 1 6'],
    ['M5,5L6,6ZM1,1L0.5,0.4', 'M5 5l1 1zM1 1l-.5-.6'],
  ])('%s', (d, short) => expect(compactPath(d)).toBe(short))

  test.each(['M2,0A2,2,0,1,1,-2,0', 'M0,0C1,1,2,2,3,3', 'M1', ''])('any other stays as it is: %s', d =>
    expect(compactPath(d)).toBe(d),
  )

  test('no point lies further than an eighth of a pixel from where it was', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 })), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(places, points => {
        const at = points.map(([x, y]) => [x / 100, y / 100] as const)
        const line = corners(compactPath(`M${at.map(each => each.join(',')).join('L')}`))
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

describe('shapes of a group', () => {
  const circle = (x: number, r: number): string =>
    `<path transform="translate(${x},1)" d="M${r},0A${r},${r},0,1,1,-${r},0A${r},${r},0,1,1,${r},0" fill="#111111"/>`

  test('strokes alike are one path, and so are shapes that nothing shines through', () => {
    const line = (y: number): string => `<line x2="9" y2="0" transform="translate(0,${y})" stroke="#111111"/>`
    expect(slimSvg(`<svg><g>${line(1)}${line(2)}</g></svg>`)).toBe('<svg><g stroke="#111111"><path d="M0 1h9M0 2h9"/></g></svg>')
    const bar = (x: number, more = ''): string => `<path d="M${x},0h1v2h-1Z" fill="#111111"${more}/>`
    expect(slimSvg(`<svg><g><text>a</text>${bar(0)}${bar(1)}</g></svg>`)).toContain(
      '<path d="M0 0h1v2h-1zM1 0h1v2h-1z" fill="#111111"/>',
    )
    const glass = ' opacity="0.5"'
    expect(slimSvg(`<svg><g><text>a</text>${bar(0, glass)}${bar(1, glass)}</g></svg>`).match(/<path/g)).toHaveLength(2)
  })

  test('many circles are points of round pens, a few stay circles', () => {
    const many = slimSvg(`<svg><g>${Array.from({ length: 9 }, (_, i) => circle(i, i < 8 ? 2 : 3)).join('')}</g></svg>`)
    expect(many).toBe(
      '<svg><g stroke="#111111" fill="none" stroke-linecap="round"><path stroke-width="4" d="M0 1h0M1 1h0M2 1h0M3 1h0M4 1h0M5 1h0M6 1h0M7 1h0"/><path stroke-width="6" d="M8 1h0"/></g></svg>',
    )
    expect(slimSvg(`<svg><g>${circle(1, 2)}${circle(2, 2)}</g></svg>`).match(/<circle/g)).toHaveLength(2)
  })

  test('circles of several colours are drawn together in blocks, so that none lies above all others', () => {
    const colours = ['#111111', '#222222']
    const svg = slimSvg(
      `<svg><g>${Array.from({ length: 100 }, (_, i) => circle(i, 2).replace('#111111', colours[i % 2] as string)).join('')}</g></svg>`,
    )
    expect([...svg.matchAll(/stroke="(#\d+)"/g)].map(([, colour]) => colour)).toEqual([...colours, ...colours, ...colours])
    expect(svg.match(/h0/g)).toHaveLength(100)
  })

  test('many cells of their own colours have hard edges, so that no grid shows between them', () => {
    const cells = Array.from({ length: 40 }, (_, i) => `<path d="M${i},0h1v2h-1Z" fill="#1111${10 + i}"/>`)
    expect(slimSvg(`<svg><g>${cells.join('')}</g></svg>`)).toContain('<g shape-rendering="crispEdges">')
    expect(slimSvg(`<svg><g>${cells.slice(0, 9).join('')}</g></svg>`)).not.toContain('crispEdges')
  })

  test('words that say nothing, and what is not seen, are not there', () => {
    expect(slimSvg('<svg><g><text x="1"></text><text opacity="0">hidden</text><text>seen</text></g></svg>')).toBe(
      '<svg><text>seen</text></svg>',
    )
  })
})
