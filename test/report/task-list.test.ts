import { expect, test } from 'vitest'
import { Markdown } from '../../lib/report/markdown.ts'

test('tasks are boxes that say whether they are done, and no controls', () => {
  const html = new Markdown().render('- [ ] one $x$\n- [x] *two*\n- three [x] four')
  expect(html).toContain('<li class="task"><span class="task" role="img" aria-label="to do"></span> one <span class="math">')
  expect(html).toContain('<li class="task"><span class="task done" role="img" aria-label="done"></span> <em>two</em></li>')
  expect(html).toContain('<li>three [x] four</li>')
  expect(html).not.toContain('<input')
})

test.each(['[x] no list', '- [y] no mark', '- [x]no blank', '- `[x]` code', '- [x](https://example.org) a link'])(
  '%s is none',
  source => {
    expect(new Markdown().render(source)).not.toContain('task')
  },
)
