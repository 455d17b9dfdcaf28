import { describe, expect, test } from 'vitest'
import { quoted } from '../../lib/report/quoted.ts'
import { tight } from '../../lib/report/tight.ts'

const RUN = '<!-- clvlab:run --><dl>\n<dt>Machine</dt><dd>a &gt; b</dd>\n</dl><!-- /clvlab:run -->'

describe('markup in fewer characters', () => {
  test.each([
    [
      'quotes that HTML needs none',
      '<a class="word" href="#word-x" title="a b">x</a>',
      '<a class=word href=#word-x title="a b">x</a>',
    ],
    ['a slash that would belong to a value', '<path fill="#111" d="M0 1h2"/>', '<path fill=#111 d=M0,1h2 />'],
    ['a value that is quoted at the end needs no room', '<path d="M0 1" transform="a b"/>', '<path d=M0,1 transform="a b"/>'],
    ['an empty value, and none', '<img alt="" hidden>', '<img alt="" hidden>'],
    ['entities in text', '<p>&#39;a&#39; =&gt; &quot;b&quot; &lt;i&gt; &amp;gt;</p>', `<p>'a' => "b" &lt;i> &amp;gt;</p>`],
    ['entities in values', '<p title="&quot;it&#39;s&gt;">x</p>', `<p title="&quot;it's&gt;">x</p>`],
    [
      'ends that the next element makes',
      '<table>\n<thead><tr><th>a</th></tr></thead>\n<tbody><tr><td>1</td><td>2</td></tr>\n<tr><td>3</td></tr></tbody></table>',
      '<table><thead><tr><th>a<tbody><tr><td>1<td>2<tr><td>3</table>',
    ],
    ['ends of items', '<ul>\n<li>a</li>\n<li><ol><li>b</li></ol></li></ul>', '<ul><li>a<li><ol><li>b</ol></ul>'],
    ['no end that nothing makes', '<ul><li>a</li>b</ul><p>c</p>', '<ul><li>a</li>b</ul><p>c</p>'],
    ['nothing in scripts', '<script id="a">"x" &gt; 1</script>', '<script id="a">"x" &gt; 1</script>'],
    ['nothing in the block of the run', `<p>&gt;</p>${RUN}<p id="a">x</p>`, `<p>></p>${RUN}<p id=a>x</p>`],
  ])('%s', (_, html, short) => expect(tight(html)).toBe(short))

  test('markup in text stays text, however often it is escaped', () => {
    expect(tight('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt; &amp;#39;</p>')).toBe(
      '<p>&lt;script>alert(1)&lt;/script> &amp;lt;b&amp;gt; &amp;#39;</p>',
    )
  })
})

describe('the same patterns read pages of every version', () => {
  const earlier = `<body><a class="word" href="#a" title="seed=42 x=&quot;1">a b=c</a><circle r="1"/><path d="M0,1"/><b hidden id="x">`

  test('a page in full quotes stays as it is', () => expect(quoted(earlier)).toBe(earlier))
  test('a tight one is quoted again', () => expect(quoted(tight(earlier))).toBe(earlier))
  test('what stands before the body is left alone', () =>
    expect(quoted('<script>a<b c=d></script><body><p id=x>')).toBe('<script>a<b c=d></script><body><p id="x">'))
})
