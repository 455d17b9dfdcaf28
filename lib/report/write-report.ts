import fs from 'node:fs'
import path from 'node:path'
import type { Notebook } from '../notebook/index.ts'
import { ReportError } from '../errors/index.ts'
import { contentOf, type Figure } from './content.ts'
import { exportHtml, type Drawing, type HtmlOptions } from './html.ts'
import { exportMarkdown } from './markdown-twin.ts'
import { miniChart } from './mini-chart.ts'
import { withoutRun } from './provenance.ts'
import { recordOf } from './record/run-record.ts'
import { isFigure, reportFiles, requireOwn } from './require-own.ts'
import { writeWhole } from './write-whole.ts'

/** What the index says of a report; written beside it as JSON. */
export interface ReportCard {
  readonly name: string
  readonly title: string
  /** Its first finding, without the number; empty where it has none. */
  readonly finding: string
  /** The number of that finding, and the cell that made it. */
  readonly value?: string
  readonly cell?: string
  /** How many findings there are beside it. */
  readonly more?: number
  readonly data: string
  readonly state: 'ok' | 'failed'
  /** A small static drawing, or empty. */
  readonly drawing: string
}

/**
 * Writes NAME.html, NAME.md, images/NAME/ and NAME.json into a folder. They are left as they are when nothing but the block of
 * date, duration, machine and commit would change. Gives the HTML file's path. Errors: `ReportError` where something stands in their place that no
 * report has made, or they cannot be written.
 */
export async function writeReport(folder: string, name: string, notebook: Notebook, options: HtmlOptions): Promise<string> {
  const html = await exportHtml(notebook, options)
  const twin = exportMarkdown(notebook, options.provenance, `images/${name}`)
  const said = `${JSON.stringify(await card(name, notebook, options), null, 2)}\n`
  const files = reportFiles(folder, name)
  requireOwn(files, twin.images.keys())
  const known = fs.existsSync(files.html)
  await writeWhole(files.html, html, withoutRun)
  await writeWhole(files.twin, twin.text, withoutRun)
  for (const [image, bytes] of twin.images) await writeWhole(path.join(files.images, image), bytes)
  for (const image of known && fs.existsSync(files.images) ? fs.readdirSync(files.images) : [])
    if (isFigure(image) && !twin.images.has(image)) fs.rmSync(path.join(files.images, image))
  await writeWhole(files.card, said)
  return files.html
}

async function card(name: string, notebook: Notebook, { provenance, drawing }: HtmlOptions): Promise<ReportCard> {
  const { title, findings, failure, figures } = contentOf(notebook)
  const [finding] = findings
  const [comparison] = recordOf(notebook, provenance).comparisons
  const first = [...figures.values()].find(({ spec }) => spec !== undefined)
  const small = comparison === undefined ? '' : miniChart(comparison)
  return {
    name,
    title,
    data: provenance.data.title,
    state: failure === undefined ? 'ok' : 'failed',
    finding: finding?.text ?? '',
    ...(finding?.value === undefined ? {} : { value: finding.value }),
    ...(finding === undefined ? {} : { cell: finding.cell, more: findings.length - 1 }),
    drawing: small !== '' || first?.spec === undefined ? small : await drawnOrNot(drawing, first.spec, first),
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
