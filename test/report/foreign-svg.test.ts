import { expect, test } from 'vitest'
import { foreignSvg } from '../../lib/report/foreign-svg.ts'

test('a drawing keeps what draws; identifiers get their run’s prefix', () => {
  const svg =
    '<svg role="img" aria-labelledby="t d" viewBox="0 0 9 9"><title id="t">A &amp; B</title><desc id="d">x</desc><g clip-path="url(#c)"><path d="M0,0h9" fill="#123"/></g></svg>'
  expect(foreignSvg(svg, 'a-')).toBe(
    '<svg role="img" aria-labelledby="a-t a-d" viewBox="0 0 9 9"><title id="a-t">A &amp; B</title><desc id="a-d">x</desc><g clip-path="url(#a-c)"><path d="M0,0h9" fill="#123"/></g></svg>',
  )
})

test.each([
  ['<svg><script>alert(1)</script></svg>', '<svg>alert(1)</svg>'],
  ['<svg onload="alert(1)"><path d="M0" onclick="alert(1)"/></svg>', '<svg><path d="M0"/></svg>'],
  ['<svg><foreignObject><iframe src="x"></iframe></foreignObject></svg>', '<svg></svg>'],
  ['<svg><a href="javascript:alert(1)"><text>x</text></a></svg>', '<svg><text>x</text></svg>'],
  ['<svg><image href="https://example.org/x.png"/></svg>', '<svg></svg>'],
  ['<svg><path fill="url(https://example.org/#x)" style="background:url(//x)"/></svg>', '<svg><path/></svg>'],
  ['<svg><g><path d="M0"', '<svg><g>&lt;path d="M0"</g></svg>'],
  ['<svg></g></svg></div><text>x', '<svg></svg><text>x</text>'],
])('%s', (foreign, drawn) => expect(foreignSvg(foreign, 'a-')).toBe(drawn))
