import { ReportError } from '../errors/index.ts'
import type { Notebook } from '../notebook/index.ts'
import { contentOf, type Figure, type FoundFinding } from './content.ts'
import type { Drawing, HtmlOptions } from './html.ts'
import { miniChart } from './mini-chart.ts'
import { dataFacts, type DataFacts } from './record/data-facts.ts'
import { recordOf } from './record/run-record.ts'

/** What the index says of a report; written beside it as JSON. */
export interface ReportCard {
  readonly name: string
  readonly title: string
  /** Its first finding, without the number; empty where it has none. */
  readonly finding: string
  /** The number of that finding, and the cell that made it. */
  readonly value?: string
  readonly cell?: string
  /** What else it found. */
  readonly others?: readonly FoundFinding[]
  readonly data: string
  /** What more is known of the data. */
  readonly facts?: DataFacts
  readonly state: 'ok' | 'failed'
  /** A small static drawing, or empty. */
  readonly drawing: string
}

export async function cardOf(name: string, notebook: Notebook, { provenance, drawing }: HtmlOptions): Promise<ReportCard> {
  const { title, findings, failure, figures } = contentOf(notebook)
  const [finding, ...others] = findings
  const [comparison] = recordOf(notebook, provenance).comparisons
  const first = [...figures.values()].find(({ spec }) => spec !== undefined)
  const small = comparison === undefined ? '' : miniChart(comparison)
  return {
    name,
    title,
    data: provenance.data.title,
    facts: provenance.data,
    state: failure === undefined ? 'ok' : 'failed',
    finding: finding?.text ?? '',
    ...(finding?.value === undefined ? {} : { value: finding.value }),
    ...(finding === undefined ? {} : { cell: finding.cell, others }),
    drawing: small !== '' || first?.spec === undefined ? small : await drawnOrNot(drawing, first.spec, first),
  }
}

/** A card as it stands in a file; undefined for what is none, or half of one. */
export function cardIn(text: string): ReportCard | undefined {
  try {
    const { facts, ...rest } = JSON.parse(text) as ReportCard
    const { name, title, finding, data, drawing, value = '', cell = '', others = [], state } = rest
    const words = [name, title, finding, data, drawing, value, cell].every(each => typeof each === 'string')
    const found = others.every(other => [other.text, other.cell, other.value ?? ''].every(each => typeof each === 'string'))
    const known = facts === undefined ? undefined : dataFacts(facts)
    const whole = words && found && (state === 'ok' || state === 'failed') && !/[/\\]/.test(name)
    return whole ? { ...rest, ...(known === undefined ? {} : { facts: known }) } : undefined
  } catch {
    return undefined
  }
}

/** What cannot be drawn is said where it stands in the report; the index does without. */
async function drawnOrNot(drawing: Drawing, spec: NonNullable<Figure['spec']>, { title, alt }: Figure): Promise<string> {
  try {
    return await drawing.svg(spec, { title, alt })
  } catch (error) {
    if (error instanceof ReportError) return ''
    throw error
  }
}
