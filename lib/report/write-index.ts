import fs from 'node:fs'
import path from 'node:path'
import { escapeHtml } from './escape.ts'
import { page } from './page.ts'
import { runFactsIn } from './provenance.ts'
import { PAGE_SCRIPT } from './script.ts'
import type { ReportCard } from './write-report.ts'
import { writeWhole } from './write-whole.ts'

interface Entry extends ReportCard {
  readonly href: string
  /** When the report's notebook was run, `YYYY-MM-DD`; empty where its page does not say. */
  readonly date: string
}

/**
 * Writes `index.html`: what each report found in a sentence, a small chart, on which data, when, and whether it ran to its end. Give
 * `embedded` alone for the index that is committed, and the local folders too for one's own.
 */
export async function writeIndex(reports: string, folders: readonly string[], file: string): Promise<string> {
  const entries = folders.flatMap(folder => entriesIn(path.join(reports, folder), path.dirname(file)))
  const sets = [...new Set(entries.map(({ data }) => data))]
  const parts = sets.map(
    data =>
      `<h2>${escapeHtml(data)}</h2><ul class="cards">${entries
        .filter(each => each.data === data)
        .map(cardHtml)
        .join('\n')}</ul>`,
  )
  const body = `<div class="shell single"><main id="content"><header class="top"><p>clvlab</p><button id="theme" type="button" hidden>Light or dark</button></header>
<h1>What customers will be worth</h1><p>What each study found, by the data it was run on. Every report is one file: it opens offline, begins with its findings, links each to the step that made it, and says at its end how to repeat it.</p>
${parts.join('\n')}</main></div>`
  await writeWhole(file, page({ title: 'clvlab reports', body, scripts: [PAGE_SCRIPT] }))
  return file
}

function cardHtml({ title, href, finding, value, cell, state, date, drawing, more = 0 }: Entry): string {
  const place = cell === undefined ? href : `${href}#cell-${encodeURIComponent(cell)}`
  const said =
    finding === ''
      ? ''
      : `<p class="said"><a href="${escapeHtml(place)}">${value === undefined ? '' : `<b>${escapeHtml(value)}</b> `}${escapeHtml(finding)}</a></p>`
  const facts = [
    ...(date === '' ? [] : [`<time datetime="${escapeHtml(date)}">${escapeHtml(inWords(date))}</time>`]),
    state === 'ok' ? 'ran to its end' : '<span class="state-failed">failed</span>',
    ...(more > 0 ? [`<a href="${escapeHtml(href)}#findings">${more} more ${more === 1 ? 'finding' : 'findings'}</a>`] : []),
  ]
  return `<li><div><h3><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></h3>
${said}<p class="meta">${facts.join(' · ')}</p></div>${drawing}</li>`
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `24 November 2026`; what is no such day stays as it is. */
function inWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? date : `${Number(day)} ${name} ${year}`
}

function entriesIn(folder: string, from: string): readonly Entry[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => {
      const card = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as ReportCard
      const report = path.join(folder, `${card.name}.html`)
      const href = path.relative(from, report).split(path.sep).join('/')
      return { ...card, href, date: fs.existsSync(report) ? dateIn(fs.readFileSync(report, 'utf8')) : '' }
    })
}

function dateIn(html: string): string {
  const run = runFactsIn(html).find(([name]) => name === 'Run')?.[1] ?? ''
  return /\d{4}-\d\d-\d\d/.exec(run)?.[0] ?? ''
}
