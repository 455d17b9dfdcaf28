import fs from 'node:fs'
import path from 'node:path'
import type { Notebook } from '../notebook/index.ts'
import { exportHtml, type HtmlOptions } from './html.ts'
import { exportMarkdown } from './markdown-twin.ts'
import { withoutRun } from './provenance.ts'
import { cardOf } from './report-card.ts'
import { isFigure, reportFiles, requireOwn } from './require-own.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Writes NAME.html, NAME.md, images/NAME/ and NAME.json into a folder. They are left as they are when nothing but the block of
 * date, duration, machine and commit would change. Gives the HTML file's path. Errors: `ReportError` where something stands in their place that no
 * report has made, or they cannot be written.
 */
export async function writeReport(folder: string, name: string, notebook: Notebook, options: HtmlOptions): Promise<string> {
  const html = await exportHtml(notebook, options)
  const twin = exportMarkdown(notebook, options.provenance, `images/${name}`)
  const said = `${JSON.stringify(await cardOf(name, notebook, options), null, 2)}\n`
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
