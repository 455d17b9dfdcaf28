import { expect, test } from 'vitest'
import { LOOKS_STYLE, withLooks, withoutLooks } from '../../lib/report/looks.ts'
import { foreignSvg } from '../../lib/report/foreign-svg.ts'

const svg =
  '<svg role="img" font-family="Inter" font-size="11px" font-weight="400" xmlns="http://www.w3.org/2000/svg" fill="none"><title> fill="currentColor"</title><g fill="currentColor" fill-opacity="0.8" text-anchor="end"><text x="1">a</text></g><path stroke="currentColor" stroke-opacity="0.4" d="M0 0h1"/><path fill="currentColor" stroke="currentColor" stroke-opacity="0.4" d="M0 0h1"/><path stroke="currentColor" stroke-opacity="0.45" d="M0 0h1"/></svg>'

test('what all charts share stands in the page’s style; an element has one class, and text stays as it is', () => {
  expect(withLooks(svg)).toBe(
    '<svg role="img" class="c0" fill="none"><title> fill="currentColor"</title><g class="c4"><text x="1">a</text></g><path class="c2" d="M0 0h1"/><path fill="currentColor" class="c2" d="M0 0h1"/><path stroke="currentColor" stroke-opacity="0.45" d="M0 0h1"/></svg>',
  )
  expect(LOOKS_STYLE).toContain('.c4{fill:currentColor;fill-opacity:0.8;text-anchor:end}')
})

test('a drawing that is taken out of its page looks as before', () => {
  expect(withoutLooks(withLooks(svg))).toBe(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ''))
  expect(foreignSvg(withoutLooks(withLooks(svg)), 'a-')).toContain('<g fill="currentColor" fill-opacity="0.8" text-anchor="end">')
})
