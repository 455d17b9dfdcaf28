import type { CodeCell, DataOutput, Notebook, Output } from '../notebook/index.ts'
import { findingIn, type FindingParts } from './finding.ts'
import { Markdown } from './markdown.ts'
import { pngIn } from './png.ts'
import { NumberedTables, type Tables } from './tables.ts'

/** The MIME type under which notebooks carry charts. */
export const CHART_MIME = 'application/vnd.vegalite.v5+json'

/** A chart of the notebook, numbered through the report. */
export interface Figure {
  readonly number: number
  readonly cell: string
  readonly title: string
  readonly caption: string
  readonly alt: string
  /** The vega-lite specification, where there is one. */
  readonly spec?: Readonly<Record<string, unknown>>
  /** Base64, where there is one. */
  readonly png?: string
}

export interface FoundFinding extends FindingParts {
  readonly cell: string
}

/** What a report is made of, found in an executed notebook. */
export interface Content {
  readonly title: string
  readonly findings: readonly FoundFinding[]
  readonly figures: ReadonlyMap<Output, Figure>
  readonly tables: ReadonlyMap<Output, Tables>
  /** Why the run did not come to its end: the first cell that failed, or what stopped the run between cells. */
  readonly failure?: { readonly cell?: string; readonly name: string; readonly message: string }
}

export function contentOf(notebook: Notebook): Content {
  const findings: FoundFinding[] = []
  const figures = new Map<Output, Figure>()
  const tables = new NumberedTables()
  let failure: Content['failure']
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue
    for (const output of cell.outputs) {
      if (output.output_type === 'error') failure ??= { cell: cell.id, name: output.ename, message: output.evalue }
      else if (output.output_type !== 'stream') {
        const found = findingIn(output.data)
        if (found !== undefined) findings.push({ ...found, cell: cell.id })
        if (CHART_MIME in output.data || isPicture(output)) figures.set(output, figureOf(output, cell, figures.size + 1))
        else if (found === undefined) tables.meet(output)
      }
    }
  }
  failure ??= stopped(notebook)
  return { title: titleOf(notebook), findings, figures, tables: tables.of, ...(failure === undefined ? {} : { failure }) }
}

/** A picture that is not just another form of a formula. */
const isPicture = ({ data }: DataOutput): boolean => pngIn(data['image/png']) !== undefined && !('text/latex' in data)

/** A run that was interrupted, timed out or is not over leaves no error in a cell, but a mark on the notebook. */
function stopped({ metadata }: Notebook): Content['failure'] {
  const { status, reason } = (metadata['clvlab'] ?? {}) as { readonly status?: unknown; readonly reason?: unknown }
  if (status !== 'failed' && status !== 'running') return undefined
  return {
    name: status === 'failed' ? 'Stopped' : 'Not over',
    message: typeof reason === 'string' ? reason : 'the run has not come to its end',
  }
}

/** The first heading of the first level, as it is read: without emphasis and links, its quotes set. */
function titleOf(notebook: Notebook): string {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'markdown' || !/^#\s/m.test(cell.source)) continue
    const markdown = new Markdown()
    markdown.render(cell.source)
    const heading = markdown.headings.find(({ level }) => level === 1)
    if (heading !== undefined) return heading.text.trim()
  }
  return 'Report'
}

function figureOf(output: DataOutput, cell: CodeCell, number: number): Figure {
  const spec = output.data[CHART_MIME] as Readonly<Record<string, unknown>> | undefined
  const said = (output.metadata['clvlab'] ?? {}) as { readonly title?: string; readonly caption?: string; readonly alt?: string }
  const image = (output.metadata['image/png'] ?? {}) as { readonly alt?: string }
  const png = pngIn(output.data['image/png'])
  return {
    number,
    cell: cell.id,
    title: said.title ?? (typeof spec?.['title'] === 'string' ? spec['title'] : ''),
    caption: said.caption ?? '',
    alt: said.alt ?? image.alt ?? (typeof spec?.['description'] === 'string' ? spec['description'] : ''),
    ...(spec === undefined ? {} : { spec }),
    ...(png === undefined ? {} : { png }),
  }
}
