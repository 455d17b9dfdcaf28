import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Markdown } from '../../../lib/report/markdown.ts'
import { mathAt } from '../../../lib/report/math/find-math.ts'

/** The formulas that a text in Markdown holds. */
const formulas = (source: string): readonly string[] =>
  [...new Markdown().render(source).matchAll(/<math alttext="([^"]*)"/g)].map(([, tex]) => tex as string)

describe('dollars that are formulas', () => {
  test.each([
    ['in a line', 'so $x_1 + y_1$ it is', ['x_1 + y_1']],
    ['twice in a line', '$a$ and $b$.', ['a', 'b']],
    ['with a dollar inside', '$\\text{costs \\$5}$', ['\\text{costs \\$5}']],
    ['over two lines', '$a +\nb$', ['a +\nb']],
    ['set apart in a line', 'so $$a_1$$ it is', ['a_1']],
    ['set apart in lines of its own', 'so\n\n$$\na_1\n- b_1\n$$\n\nit is', ['a_1\n- b_1']],
    ['set apart right after a line', 'so\n$$ a $$\nit is', ['a']],
    ['in a list', '- one\n\n  $$\n  a\n  $$', ['a']],
    ['in a table', '| a |\n|-|\n| $b$ |', ['b']],
  ])('%s', (_, source, found) => expect(formulas(source)).toEqual(found))
})

describe('dollars that are none', () => {
  test.each([
    ['money', 'It costs $5 and $6, or $7.'],
    ['money that ends a word', 'from US$5 to CA$6'],
    ['a space within', 'a $ b $ c'],
    ['a space before the closing one', 'a $b $'],
    ['escaped', 'a \\$b\\$ c'],
    ['code', '`$a$` and `` $b$ ``'],
    ['a block of code', '```\n$a$\n$$\nb\n$$\n```'],
    ['over the edge of code', 'costs $5 and `a$` b'],
    ['alone', 'a $b'],
    ['nothing within', '$$$$ and $$ $$'],
    ['paragraphs apart', '$a\n\nb$'],
    ['never closed', '$$\na\n\nb'],
  ])('%s', (_, source) => expect(formulas(source)).toEqual([]))

  test('sums of money never are, wherever they stand', () => {
    const sum = fc.nat().map(each => `$${each}`)
    fc.assert(
      fc.property(fc.array(sum), fc.constantFrom(' ', ', ', '-', ' to '), (sums, by) => formulas(sums.join(by)).length === 0),
    )
  })
})

test('where a formula ends', () => {
  expect(mathAt('a $b$ c', 2)).toEqual({ tex: 'b', display: false, end: 5 })
  expect(mathAt('$$b$$', 0)).toEqual({ tex: 'b', display: true, end: 5 })
  expect(mathAt('$b$$', 0)).toBeUndefined()
})

test('emphasis does not reach into a formula, nor a word of the glossary', () => {
  expect(formulas('$a_b$ and $c_d$ *and* $e*f*g$')).toEqual(['a_b', 'c_d', 'e*f*g'])
})

test('a heading keeps its formula: in words as it is written, to be read as it is set', () => {
  const markdown = new Markdown()
  markdown.render('## On $\\beta$ and `code`')
  expect(markdown.headings[0]).toMatchObject({ text: 'On \\beta and code', id: 'on-beta-and-code' })
  expect(markdown.headings[0]?.html).toMatch(/^On <span class="math"><math .*β.*<\/span> and <code>code<\/code>$/)
})
