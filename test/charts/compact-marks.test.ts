import { describe, expect, test } from 'vitest'
import { slimSvg } from '../../lib/charts/slim-svg.ts'

/** What stands in the drawing of these groups. */
const slim = (content: string): string => slimSvg(`<svg>${content}</svg>`).replace(/^<svg fill="none">(.*)<\/svg>$/, '$1')
const circle = (x: number, r: number, fill = '#111111'): string =>
  `<path transform="translate(${x},1)" d="M${r},0A${r},${r},0,1,1,-${r},0A${r},${r},0,1,1,${r},0" fill="${fill}"/>`
const bar = (x: number, y: number, more = ''): string => `<path d="M${x},${y}h5v${9 - y}h-5Z" fill="#111111"${more}/>`

describe('marks that look alike are drawn together', () => {
  const line = (y: number): string => `<line x2="9" y2="0" transform="translate(0,${y})" stroke="#111111"/>`

  test('lines of one look, whatever groups move them', () => {
    expect(slim(`<g>${line(1)}</g><g transform="translate(1,2)">${line(1)}</g>`)).toBe(
      '<path stroke="#111111" d="M0 1h9M1 3h9"/>',
    )
  })

  test('bars side by side are one outline, others stand alone', () => {
    expect(slim(`<g>${bar(0, 1)}${bar(5, 2)}${bar(20, 3)}</g>`)).toBe('<path fill="#111111" d="M0 9v-8h5v1h5v7zM20 3h5v6h-5z"/>')
  })

  test('shapes that lie above each other stay two, so that what shines through does', () => {
    const glass = ' opacity="0.5"'
    expect(slim(`<g>${bar(0, 1, glass)}${bar(5, 1, glass)}</g>`).match(/<path/g)).toHaveLength(1)
    expect(slim(`<g>${bar(0, 1, glass)}${bar(4, 1, glass)}</g>`).match(/<path/g)).toHaveLength(2)
  })

  test('nothing comes to lie above what covered it', () => {
    const cover = bar(0, 0).replace('#111111', '#222222')
    expect(slim(`<g>${bar(0, 1)}${cover}${bar(2, 1)}</g>`)).toBe(
      '<path fill="#111111" d="M0 1h5v8h-5z"/><path fill="#222222" d="M0 0h5v9h-5z"/><path fill="#111111" d="M2 1h5v8h-5z"/>',
    )
    expect(slim(`<g>${bar(10, 1)}${cover}${bar(20, 1)}</g>`).match(/<path/g)).toHaveLength(2)
  })

  test('texts of one look say it once, and a row of them where it stands', () => {
    const label = (x: number): string => `<text transform="translate(${x},7)" fill="#111111" text-anchor="middle">${x}</text>`
    expect(slim(`<g>${label(1)}${label(30)}</g>`)).toBe(
      '<g fill="#111111" text-anchor="middle"><text x="1" y="7">1</text><text x="30" y="7">30</text></g>',
    )
    expect(slim(`<g>${[10, 30, 50, 70, 90].map(label).join('')}</g>`)).toMatch(
      /^<g fill="#111111" text-anchor="middle" transform="translate\(0,7\)"><text x="10">10<\/text><text x="30">/,
    )
  })

  test('further lines of a text stay below the first', () => {
    expect(
      slim(
        '<g transform="translate(3,4)"><text transform="translate(1,2)" fill="#111111"><tspan>a</tspan><tspan x="0" dy="13">b</tspan></text></g>',
      ),
    ).toBe('<text fill="#111111" x="4" y="6">a<tspan x="4" dy="13">b</tspan></text>')
  })

  test('a path is in tenths where that is shorter, its pen as wide as before', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `L${(i * 1.3).toFixed(1)},${((i % 3) * 2.3 + 0.4).toFixed(1)}`).join('')
    expect(slim(`<g><path d="M0,0${steps}" stroke="#111111" stroke-width="1.5" stroke-dasharray="4,3"/></g>`)).toMatch(
      /^<path stroke="#111111" stroke-width="15" stroke-dasharray="40,30" transform="scale\(\.1\)" d="M0 0[^.]*"\/>$/,
    )
  })

  test('a group that does more than move its marks stays one', () => {
    expect(slim(`<g clip-path="url(#c)" transform="translate(1,0)"><g>${line(1)}</g></g>`)).toBe(
      '<g clip-path="url(#c)" transform="translate(1,0)"><path stroke="#111111" d="M0 1h9"/></g>',
    )
  })

  test('what draws nothing is not there', () => {
    expect(
      slim('<g><text x="1"></text><text opacity="0">hidden</text><text fill="#111111">seen</text><path d="M0,0h1"/></g>'),
    ).toBe('<text fill="#111111" x="0" y="0">seen</text>')
  })
})

describe('many circles are points of round pens', () => {
  test('of several widths; a few stay circles', () => {
    const many = slim(`<g>${Array.from({ length: 9 }, (_, i) => circle(i, i < 8 ? 2 : 3)).join('')}</g>`)
    expect(many).toBe(
      `<g stroke="#111111" stroke-width="40" stroke-linecap="round" transform="scale(.1)"><path d="M0 10h0${'m10 0h0'.repeat(7)}"/><path stroke-width="60" d="M80 10h0"/></g>`,
    )
    expect(slim(`<g>${circle(1, 2)}${circle(2, 2)}</g>`).match(/<circle/g)).toHaveLength(2)
  })

  test('of several colours in blocks, so that none lies above all others', () => {
    const colours = ['#111111', '#222222'] as const
    const svg = slim(`<g>${Array.from({ length: 130 }, (_, i) => circle(i, 2, colours[i % 2])).join('')}</g>`)
    expect(svg).toMatch(/^<g stroke="#111111" /)
    const own = [...svg.matchAll(/<path( stroke="#222222")?/g)].map(([, colour]) => colour !== undefined)
    expect(own).toEqual([false, true, false, true, false, true])
    expect(svg.match(/h0/g)).toHaveLength(130)
  })
})

describe('cells of a heat map', () => {
  const cell = (column: number, row: number, blue: number): string =>
    `<path d="M${column * 36.92},${row * 10}h36.92v10h-36.92Z" fill="#1122${blue.toString(16).padStart(2, '0')}"/>`
  const cells = (blue: (column: number, row: number) => number): string =>
    `<g>${Array.from({ length: 40 }, (_, i) => cell(i % 8, Math.floor(i / 8), blue(i % 8, Math.floor(i / 8)))).join('')}</g>`

  test('are strokes by colour in units of their own, with hard edges, so that no grid shows between them', () => {
    expect(slim(cells((_, row) => row * 10))).toBe(
      `<g shape-rendering="crispEdges" transform="translate(0,5) scale(36.925,10)">${[0, 10, 20, 30, 40]
        .map((blue, row) => `<path stroke="#1122${blue.toString(16).padStart(2, '0')}" d="M0 ${row}h8"/>`)
        .join('')}</g>`,
    )
  })

  test('colours that no eye tells apart are one', () => {
    expect(slim(cells(column => column)).match(/<path/g)).toHaveLength(3)
    expect(slim(cells(column => column * 3)).match(/<path/g)).toHaveLength(8)
  })

  test('a few, or such as lie on no grid, stay as they are', () => {
    expect(slim(`<g>${Array.from({ length: 9 }, (_, i) => cell(i, 0, i * 9)).join('')}</g>`)).not.toContain('crispEdges')
    expect(
      slim(
        cells(column => column * 9)
          .replaceAll('h36.92', 'h30.92')
          .replaceAll('h-36.92', 'h-30.92'),
      ),
    ).not.toContain('crispEdges')
  })
})

test('a gradient has the stops that its colours need', () => {
  const stop = (offset: number, red: number): string =>
    `<stop offset="${offset}" stop-color="#${red.toString(16).padStart(2, '0')}0000"/>`
  const svg = slim(
    `<defs><linearGradient id="g">${[0, 1, 2, 3, 4].map(i => stop(i / 4, i < 3 ? i * 20 : 40 + (i - 2) * 60)).join('')}</linearGradient></defs>`,
  )
  expect([...svg.matchAll(/offset="([\d.]+)"/g)].map(([, offset]) => offset)).toEqual(['0', '0.5', '1'])
})
