import type MarkdownIt from 'markdown-it'

const BOX = /^\[([ xX])\]\s+/

/** Teaches Markdown lists of tasks: `- [ ]` is an empty box, `- [x]` a ticked one, which say so to those who do not see them. */
export function withTasks(parser: MarkdownIt): void {
  parser.renderer.rules['task'] = (tokens, at) =>
    tokens[at]?.content === ' '
      ? '<span class="task" role="img" aria-label="to do"></span> '
      : '<span class="task done" role="img" aria-label="done"></span> '
  parser.core.ruler.push('tasks', ({ tokens, Token }) => {
    tokens.forEach((token, i) => {
      const [item, paragraph] = [tokens[i - 2], tokens[i - 1]]
      const first = token.children?.[0]
      if (item?.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open' || first?.type !== 'text') return
      const box = BOX.exec(first.content)
      if (box === null) return
      first.content = first.content.slice(box[0].length)
      const task = new Token('task', '', 0)
      task.content = box[1] as string
      token.children?.unshift(task)
      item.attrSet('class', 'task')
    })
  })
}
