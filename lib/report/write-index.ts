import fs from 'node:fs'
import path from 'node:path'
import { escapeHtml } from './escape.ts'
import { page } from './page.ts'
import { PAGE_SCRIPT } from './script.ts'
import type { ReportCard } from './write-report.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Writes `index.html`: what each report found, on which data, and whether it ran to its end. Give `embedded` alone for the
 * index that is committed, and the local folders too for one's own.
 */
export function writeIndex(reports: string, folders: readonly string[], file: string): string {
  const entries = folders.flatMap(folder =>
    cards(path.join(reports, folder)).map(card => ({
      ...card,
      href: path
        .relative(path.dirname(file), path.join(reports, folder, `${card.name}.html`))
        .split(path.sep)
        .join('/'),
    })),
  )
  const items = entries.map(
    ({
      title,
      href,
      finding,
      data,
      state,
      drawing,
    }) => `<li><h3><a href="${escapeHtml(href)}">${escapeHtml(title)}: ${escapeHtml(data)}</a></h3>
<p>${escapeHtml(finding)}</p>${drawing}
<p class="meta">${state === 'ok' ? 'ran to its end' : '<span class="state-failed">failed</span>'}</p></li>`,
  )
  const body = `<div class="shell single"><main id="content"><header class="top"><p>clvlab</p><button id="theme" type="button" hidden>Light or dark</button></header>
<h1>Reports</h1><p>What the notebooks found. Each report is one file: it opens offline, and says at its end how it was made.</p>
<ul class="cards">${items.join('\n')}</ul></main></div>`
  writeWhole(file, page({ title: 'clvlab reports', body, scripts: [PAGE_SCRIPT] }))
  return file
}

function cards(folder: string): readonly ReportCard[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as ReportCard)
}
