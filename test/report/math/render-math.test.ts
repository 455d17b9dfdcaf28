import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMath } from '../../../lib/report/math/render-math.ts'

/** The formula, and what was told of it. */
function rendered(tex: string): { readonly html: string; readonly why: string | undefined } {
  let why: string | undefined
  const html = renderMath(tex, 'inline', (_, told) => void (why = told))
  return { html, why }
}

test('a formula is MathML, its source as another form of it', () => {
  expect(rendered('x^2').html).toBe('<span class="math"><math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math></span>')
})

test('one that stands apart can be scrolled by the keyboard', () => {
  expect(renderMath('x', 'block')).toMatch(/^<div class="math scroll" tabindex="0"><math alttext="x" display="block">.*<\/div>$/)
  expect(renderMath('x', 'shown')).toMatch(/^<span class="math scroll" tabindex="0">.*<\/span>$/)
})

test('a formula that cannot be read stays as it is written, is marked, and told of', () => {
  const { html, why } = rendered('\\frac{1 < 2')
  expect(html).toMatch(/^<code class="fault" title="not read as TeX: .*">\\frac\{1 &lt; 2<\/code>$/)
  expect(why).toMatch(/^Unexpected end of input/)
  expect(renderMath('\\nosuch', 'block')).toMatch(/^<p><code class="fault"/)
  expect(rendered('x'.repeat(10_001)).why).toMatch(/longer than 10000/)
})

describe('what leads elsewhere or brings something along stays text', () => {
  test.each([
    '\\href{javascript:alert(1)}{x}',
    '\\href{https://example.org}{x}',
    '\\url{https://example.org}',
    '\\includegraphics{https://example.org/a.png}',
    '\\htmlData{onclick=alert(1)}{x}',
    '\\htmlClass{findings}{x}',
    '\\htmlStyle{background:url(https://example.org)}{x}',
    '\\htmlId{findings}{x}',
    '\\class{findings}{x}',
    '\\id{findings}{x}',
    '\\style{position:fixed}{x}',
    '\\data{x=y}{x}',
  ])('%s', tex => {
    const { html, why } = rendered(tex)
    expect(html).toMatch(/^<code class="fault"/)
    expect(why).toBeDefined()
  })
})

test('colours are left to the page, and lengths are bounded', () => {
  expect(rendered('\\color{red}{x} + \\colorbox{black}{y}').html).not.toMatch(/color:|#/)
  expect(rendered('\\rule{9999em}{9999em}').html).not.toContain('9999em"')
  expect(rendered('\\kern-500em x \\hspace{-900pt} y').html).not.toMatch(/(?:em|pt)"/)
  expect(rendered('x\\,y\\!z').html).toMatch(/width="0\.1667em"|margin/)
})

test('whatever is given, only presentation MathML comes out', () => {
  const words =
    `x _ ^ { } < > " ' & &lt; \\frac \\sum \\color{red} \\href{javascript:x} \\begin{matrix} \\end{matrix} \\tag{<i>} <script>`.split(
      ' ',
    )
  const word = fc.constantFrom(...words, ' ', '\\text{<b onclick="x()">}', '\\verb|<img src=x onerror=y>|')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), chosen => {
      const html = renderMath(chosen.join(''), 'shown')
      const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
      expect(tags.filter(tag => !/^<\/?(?:m[a-z]+|span|code|none)(?:\s[a-z]+="[^"]*")*>$/.test(tag))).toEqual([])
      expect(tags.filter(tag => /\s(?:on\w+|href|src|id)=|url\(/.test(tag.replace(/(?:alttext|title)="[^"]*"/g, '')))).toEqual([])
    }),
  )
})
