import { describe, expect, test } from 'vitest'
import { STYLE } from '../../lib/report/style.ts'
import { usedStyle } from '../../lib/report/used-style.ts'

const body = '<main id="content"><p class="a b"><em>x</em></p></main>'

describe('a page has the rules that something in it is meant by', () => {
  test.each([
    ['an element', 'em{x:y}', 'em{x:y}'],
    ['no such element', 'table{x:y}', ''],
    ['classes that are there, together or apart', '.a.b{x:y}.a .b{x:y}', '.a.b{x:y}.a .b{x:y}'],
    ['one class that is not', '.a .c{x:y}', ''],
    ['one of several', '.c,.b:hover>em{x:y}', '.c,.b:hover>em{x:y}'],
    ['a place', '#content{x:y}#other{x:y}', '#content{x:y}'],
    ['what it asks for besides', 'p:not(.c,table):has(>i)::before{x:y}', 'p:not(.c,table):has(>i)::before{x:y}'],
    ['every element', '*{x:y}:root[data-theme=dark]{x:y}', '*{x:y}:root[data-theme=dark]{x:y}'],
    ['under a condition', '@media(a:b){.c{x:y}.a{x:y}}@media(a:b){.c{x:y}}', '@media(a:b){.a{x:y}}'],
    ['what is no rule of elements', '@page{size:A4;@bottom-right{x:y}}', '@page{size:A4;@bottom-right{x:y}}'],
    [
      'a condition in a condition',
      '@supports(a:b(c)){.a{x:y}@keyframes k{from,99%{x:y}to{x:y}}}',
      '@supports(a:b(c)){.a{x:y}@keyframes k{from,99%{x:y}to{x:y}}}',
    ],
  ])('%s', (_, style, kept) => expect(usedStyle(style, body)).toBe(kept))

  test('of a page that has everything nothing is lost', () => {
    const names = [...new Set([...STYLE.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name))].join(' ')
    const ids = [...STYLE.matchAll(/#([a-zA-Z][\w-]*)/g)].map(([, name]) => `<i id="${name}">`).join('')
    const elements = [...new Set(STYLE.match(/[a-z]\w*/g))].map(name => `<${name}>`).join('')
    const flat = (style: string): string => style.replaceAll(/\s+/g, '')
    expect(flat(usedStyle(STYLE, `<b class="${names}">${ids}${elements}`))).toBe(flat(STYLE))
  })
})
