import { escapeHtml, unescapeHtml } from './escape.ts'
import { valueInWords } from './record/constant.ts'
import type { DataFacts } from './record/data-facts.ts'

/** Where a report comes from: what a reviewer needs to repeat it. */
export interface Provenance {
  readonly notebook: string
  /** As they were run, by name. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly data: DataFacts
  /** Of clvlab, and of what it computes with. */
  readonly versions: Readonly<Record<string, string>>
  /** The engine's device, such as `wasm`. */
  readonly device: string
  /** What may differ between two runs of the same thing. */
  readonly run: { readonly date: string; readonly duration: string; readonly machine: string; readonly commit: string }
}

const START = '<!-- clvlab:run -->'
const END = '<!-- /clvlab:run -->'
const PLAIN = '[^<>\\n]*'
/** The one block of a page, at its place and in its form: at the end of the provenance, three facts of plain text. Whatever else bears its marks is no such block. */
const IN_PAGE = new RegExp(
  `(?<=\n)${START}<dl>\n${['Run', 'Machine', 'Commit'].map(name => `<dt>${name}</dt><dd>${PLAIN}</dd>\n`).join('')}</dl>${END}(?=\n</section>\n</main>\n)`,
)
/** The one block of a twin: its end. */
const IN_TWIN = new RegExp(
  `(?<=\n)${START}\n${['Run', 'Machine', 'Commit'].map(name => `- ${name}: ${PLAIN.replace('<>', '<>[\\]`!')}\n`).join('')}${END}\n$`,
)

/** The text without the one block that holds what must differ: date, duration, machine, commit. A text of any other form stays whole. */
export function withoutRun(text: string): string {
  const block = runBlockIn(text)
  return block === undefined ? text : text.replace(block, '')
}

/** Whether a text is a report, or its twin, of ours. */
export const isReport = (text: string): boolean => runBlockIn(text) !== undefined

function runBlockIn(text: string): RegExp | undefined {
  return [IN_PAGE, IN_TWIN].find(block => block.test(text))
}

export function provenanceHtml({ notebook, parameters, data, versions, device, run }: Provenance): string {
  const row = (name: string, value: string): string => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
  const given = Object.entries(parameters)
    .map(([name, value]) => `${name} = ${valueInWords(value)}`)
    .join(', ')
  return `<section class="provenance" aria-labelledby="provenance"><h2 id="provenance">Provenance</h2><dl>
${row('Notebook', notebook)}
${row('Parameters', given || 'none')}
${row('Data', data.title)}
<dt>SHA-256</dt><dd class="mono">${escapeHtml(data.checksum)}</dd>
${row(
  'Versions',
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', '),
)}
${row('Device', device)}
</dl>
${START}<dl>
${row('Run', `${run.date}, ${run.duration}`)}
${row('Machine', run.machine)}
${row('Commit', run.commit)}
</dl>${END}
</section>`
}

export function provenanceMarkdown({ notebook, parameters, data, versions, device, run }: Provenance): string {
  const given = Object.entries(parameters)
    .map(([name, value]) => `\`${name} = ${valueInWords(value)}\``)
    .join(', ')
  return `## Provenance

- Notebook: ${notebook}
- Parameters: ${given || 'none'}
- Data: ${data.title}, SHA-256 \`${data.checksum}\`
- Versions: ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}
- Device: ${device}

${START}
- Run: ${run.date}, ${run.duration}
- Machine: ${run.machine}
- Commit: ${run.commit}
${END}
`
}

/** Date, duration, machine and commit as a report's marked block states them, by name; nothing where it has none. */
export function runFactsIn(html: string): readonly (readonly [name: string, value: string])[] {
  const [block = ''] = IN_PAGE.exec(html) ?? []
  const pairs = block.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/g)
  return [...pairs].map(([, name, value]) => [unescapeHtml(name as string), unescapeHtml(value as string)] as const)
}
