import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { Notebook } from '../../notebook/index.ts'
import { contentOf, type FoundFinding } from '../content.ts'
import type { Provenance } from '../provenance.ts'
import { COMPARISON_MIME, type ComparisonRecord } from '../../schema/index.ts'
import { packed, unpacked } from './packed.ts'
import { isComparisonRecord, isWrittenRecord } from './valid-record.ts'

/** A comparison and the cell that made it. */
export interface FoundComparison extends ComparisonRecord {
  readonly cell: string
}

/** What a run was made of and what it found, as numbers: it travels inside the report, so that two reports can be held against each other. */
export interface RunRecord extends Omit<Provenance, 'run'> {
  readonly title: string
  readonly state: 'ok' | 'failed'
  readonly findings: readonly FoundFinding[]
  readonly comparisons: readonly FoundComparison[]
  readonly figures: readonly { readonly number: number; readonly cell: string; readonly title: string }[]
}

export function recordOf(notebook: Notebook, provenance: Provenance): RunRecord {
  const { notebook: name, parameters, data, versions, device } = provenance
  const { title, findings, figures, failure } = contentOf(notebook)
  return {
    title,
    state: failure === undefined ? 'ok' : 'failed',
    notebook: name,
    parameters,
    data,
    versions,
    device,
    findings,
    comparisons: comparisonsIn(notebook),
    figures: [...figures.values()].map(({ number, cell, title: of }) => ({ number, cell, title: of })),
  }
}

function comparisonsIn({ cells }: Notebook): readonly FoundComparison[] {
  return cells.flatMap(cell =>
    cell.cell_type !== 'code'
      ? []
      : cell.outputs.flatMap(output => {
          if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') return []
          const found = output.data[COMPARISON_MIME]
          return isComparisonRecord(found) ? [{ cell: cell.id, ...found }] : []
        }),
  )
}

/** Packed, a record is half as long; no page that somebody else made may unpack to more than this. */
const LIMIT = 16 * 2 ** 20

/** The record as a block of data in a page: JSON, the names of models and measures said once, packed by brotli and written in base64. */
export function recordHtml(record: RunRecord): string {
  const json = JSON.stringify({ ...record, comparisons: record.comparisons.map(packed) })
  return `<script type="text/plain" id="record">${brotliCompressSync(json).toString('base64')}</script>`
}

/** As it stands in a page, or, in a page of an earlier version, as JSON. */
const WRITTEN = /<script type="(?:text\/plain|application\/json)" id="record">([^<]*)<\/script>/

/** The record that a page carries; undefined where it is no report of ours, or damaged. */
export function recordIn(html: string): RunRecord | undefined {
  const text = WRITTEN.exec(html)?.[1] ?? ''
  try {
    const json = text.startsWith('{')
      ? text
      : brotliDecompressSync(Buffer.from(text, 'base64'), { maxOutputLength: LIMIT }).toString('utf8')
    const record: unknown = JSON.parse(json)
    return isWrittenRecord(record) ? { ...record, comparisons: record.comparisons.map(unpacked) } : undefined
  } catch {
    return undefined
  }
}
