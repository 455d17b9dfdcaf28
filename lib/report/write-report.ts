import fs from 'node:fs'
import path from 'node:path'
import type { Notebook } from '../notebook/index.ts'
import { contentOf } from './content.ts'
import { exportHtml, type HtmlOptions } from './html.ts'
import { exportMarkdown } from './markdown-twin.ts'
import { miniChart } from './mini-chart.ts'
import { withoutRun } from './provenance.ts'
import { recordOf } from './record/run-record.ts'
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
 * date, duration, machine and commit would change. Gives the HTML file's path.
 */
export async function writeReport(folder: string, name: string, notebook: Notebook, options: HtmlOptions): Promise<string> {
  const html = await exportHtml(notebook, options)
  const file = path.join(folder, `${name}.html`)
  const twin = exportMarkdown(notebook, options.provenance, `images/${name}`)
  writeWhole(file, html, withoutRun)
  writeWhole(path.join(folder, `${name}.md`), twin.text, withoutRun)
  const images = path.join(folder, 'images', name)
  for (const [image, bytes] of twin.images) writeWhole(path.join(images, image), bytes)
  for (const image of fs.existsSync(images) ? fs.readdirSync(images) : [])
    if (!twin.images.has(image)) fs.rmSync(path.join(images, image))
  writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify(await card(name, notebook, options), null, 2)}\n`)
  return file
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
    drawing:
      small !== '' || first?.spec === undefined ? small : await drawing.svg(first.spec, { title: first.title, alt: first.alt }),
  }
}
