import { withoutExercises, type Notebook } from '../notebook/index.ts'
import { contentOf } from './content.ts'
import { findingIn, literal, type FindingParts } from './finding.ts'
import { latexMarkdown } from './math/latex-markdown.ts'
import { untitled } from './note.ts'
import { plain } from './outputs.ts'
import { checkIn } from './passed.ts'
import { provenanceMarkdown, type Provenance } from './provenance.ts'
import { tableNames } from './tables.ts'

/** A report as Markdown with its pictures, for a code host. */
export interface MarkdownTwin {
  readonly text: string
  /** File name to PNG, to be put into the folder `images`. */
  readonly images: ReadonlyMap<string, Buffer>
}

/** @param images path from the Markdown file to the folder of its pictures */
export function exportMarkdown(ran: Notebook, provenance: Provenance, images: string): MarkdownTwin {
  const notebook = withoutExercises(ran)
  const content = contentOf(notebook)
  const files = new Map<string, Buffer>()
  const parts: string[] = []
  if (content.failure !== undefined)
    parts.push(`> **This run failed.** ${content.failure.name}: ${content.failure.message.split('\n')[0]}`)
  if (content.findings.length > 0)
    parts.push(`**Findings**\n\n${content.findings.map(finding => `- ${findingMarkdown(finding)}`).join('\n')}`)
  for (const cell of notebook.cells) {
    if (cell.cell_type === 'markdown') parts.push(cell.source)
    if (cell.cell_type !== 'code') continue
    for (const output of cell.outputs) {
      if (output.output_type === 'stream') parts.push(fence(output.text))
      else if (output.output_type === 'error') parts.push(fence(`${output.ename}: ${output.evalue}`))
      else {
        const figure = content.figures.get(output)
        const found = findingIn(output.data)
        const tables = content.tables.get(output)
        const checked = checkIn(output)
        if (tables !== undefined) parts.push(`*${tableNames(tables)}.${tables.title === '' ? '' : ` ${literal(tables.title)}.`}*`)
        if (figure?.png !== undefined) {
          const name = `figure-${figure.number}.png`
          files.set(name, Buffer.from(figure.png, 'base64'))
          parts.push(
            `![${figure.alt.replace(/[[\]]/g, '')}](${images}/${name})\n\n*Figure ${figure.number}. ${figure.title}. ${figure.caption}*`,
          )
        } else if (checked !== undefined) parts.push(`✓ Checked: ${literal(checked)}`)
        else if (found !== undefined) parts.push(`> ${findingMarkdown(found)}`)
        else if (typeof output.data['text/markdown'] === 'string')
          parts.push(untitled(output.data['text/markdown'], tables?.title ?? ''))
        else if (typeof output.data['text/latex'] === 'string') parts.push(latexMarkdown(output.data['text/latex']))
        else if (typeof output.data['text/plain'] === 'string') parts.push(fence(output.data['text/plain']))
      }
    }
  }
  const [title, ...rest] =
    parts.findIndex(part => part.startsWith('# ')) < 0 ? [`# ${content.title}`, ...parts] : reordered(parts)
  return { text: [title, ...rest, provenanceMarkdown(provenance)].join('\n\n'), images: files }
}

const findingMarkdown = ({ text, value }: FindingParts): string =>
  `${value === undefined ? '' : `**${literal(value)}** `}${literal(text)}`

/** The title first, then what was put before it. */
function reordered(parts: readonly string[]): readonly string[] {
  const at = parts.findIndex(part => part.startsWith('# '))
  const [heading, ...after] = (parts[at] as string).split('\n')
  return [heading as string, ...parts.slice(0, at), after.join('\n').trim(), ...parts.slice(at + 1)].filter(part => part !== '')
}

function fence(text: string): string {
  const body = plain(text).replace(/\n+$/, '')
  const ticks = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${ticks}text\n${body}\n${ticks}`
}
