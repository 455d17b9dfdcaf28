import fs from 'node:fs'
import path from 'node:path'
import { escapeHtml } from './escape.ts'
import { foreignSvg } from './foreign-svg.ts'
import { GLOSSARY } from './glossary.ts'
import { dataInWords, dayInWords } from './in-words.ts'
import { page } from './page.ts'
import { runFactsIn } from './provenance.ts'
import { cardIn, type ReportCard } from './report-card.ts'
import { PAGE_SCRIPT } from './script.ts'
import { writeWhole } from './write-whole.ts'

interface Entry extends ReportCard {
  readonly href: string
  /** When the report's notebook was run, `YYYY-MM-DD`; empty where its page does not say. */
  readonly date: string
  /** The command that makes it again. */
  readonly again: string
}

/**
 * Writes `index.html`: what each report found in a sentence and what that means, a small chart, on which data, when, whether it is whole and how to
 * repeat it. `folders` lie in `reports`; what is no whole card in them is passed over, and `warn` told.
 */
export async function writeIndex(
  reports: string,
  folders: readonly string[],
  file: string,
  warn: (text: string) => void = () => {},
): Promise<string> {
  const entries = folders.flatMap(folder => entriesIn(reports, folder, path.dirname(file), warn))
  const sets = setsOf(entries)
  const body = `<div class="shell single"><main id="content"><header class="top"><p>clvlab</p><button id="theme" type="button" hidden>Light or dark</button></header>
<h1>What customers will be worth</h1><p>What each study found, by the data it was run on. Every report is one file that opens offline, begins with its findings, and links each to the step that made it.</p>
${sets.map((those, i) => setHtml(those, i)).join('\n')}</main></div>`
  await writeWhole(file, page({ title: 'clvlab reports', body, scripts: [PAGE_SCRIPT] }))
  return file
}

/** By data set; a report of an earlier version, whose card has no facts of its data, stands with those on data of the same name. */
function setsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const sets = new Map<string, Entry[]>()
  for (const entry of entries) {
    const named = entries.find(({ facts, data }) => facts !== undefined && data === entry.data)
    const key = (entry.facts ?? named?.facts)?.checksum ?? entry.data
    sets.set(key, [...(sets.get(key) ?? []), entry])
  }
  return [...sets.values()]
}

/** Of cards that an earlier version has written. */
const UNKNOWN =
  'An earlier version kept no more of this data than its name: whose customers they are, how many, and from when to when, a new run will say.'

function setHtml(entries: readonly Entry[], place: number): string {
  const [{ data }] = entries as [Entry, ...Entry[]]
  const facts = entries.find(each => each.facts !== undefined)?.facts
  const words = facts === undefined ? UNKNOWN : dataInWords(facts)
  const known = words === '' ? '' : `<p class="meta">${escapeHtml(words)}</p>`
  const cards = entries.map((entry, i) => cardHtml(entry, `s${place}-${i}-`))
  return `<section class="set"><h2>${escapeHtml(data)}</h2>${known}<ul class="cards">${cards.join('\n')}</ul></section>`
}

function cardHtml(entry: Entry, prefix: string): string {
  const { title, href, finding, value, cell, state, date, drawing, again, others = [] } = entry
  const said = ({
    text,
    value: number,
    cell: from,
  }: {
    text: string
    value?: string | undefined
    cell?: string | undefined
  }): string =>
    `<a href="${escapeHtml(from === undefined ? href : `${href}#cell-${encodeURIComponent(from)}`)}">${number === undefined ? '' : `<b>${escapeHtml(number)}</b> `}${escapeHtml(text)}</a>`
  const facts = [
    date === ''
      ? 'day of the run not known'
      : `run on <time datetime="${escapeHtml(date)}">${escapeHtml(dayInWords(date))}</time>`,
    ...(entry.facts === undefined ? ['made by an earlier version'] : []),
    state === 'ok' ? 'complete: every step ran' : '<span class="state-failed">failed: incomplete</span>',
    `again with <code>${escapeHtml(again)}</code>`,
  ]
  const more = others.map(other => `<li>${said(other)}</li>`).join('')
  return `<li><div><h3><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></h3>
${finding === '' ? '' : `<p class="said">${said({ text: finding, value, cell })}</p>${meaningsHtml(finding)}`}</div>${foreignSvg(drawing, prefix)}
${more === '' ? '' : `<ul class="said more">${more}</ul>`}<p class="meta">${facts.join(' · ')}</p></li>`
}

/** What the words of a finding mean, for somebody who has not opened a report yet. */
function meaningsHtml(finding: string): string {
  const words = GLOSSARY.filter(({ written }) => written.test(finding)).slice(0, 2)
  return words.map(({ term, meaning }) => `<p class="meta"><b>${escapeHtml(term)}.</b> ${escapeHtml(meaning)}</p>`).join('')
}

function entriesIn(reports: string, place: string, from: string, warn: (text: string) => void): readonly Entry[] {
  const folder = path.join(reports, place)
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .flatMap(name => {
      const file = path.join(folder, name)
      const card = fs.statSync(file).isFile() ? cardIn(fs.readFileSync(file, 'utf8')) : undefined
      if (card === undefined) {
        warn(`${file} is no whole card of a report: the index does without it`)
        return []
      }
      const report = path.join(folder, `${card.name}.html`)
      const href = path.relative(from, report).split(path.sep).map(encodeURIComponent).join('/')
      const date = fs.existsSync(report) ? dateIn(fs.readFileSync(report, 'utf8')) : ''
      return [{ ...card, href, date, again: againWith(place, card.name) }]
    })
}

/** By the folder that a report lies in: `npm start` has one for the embedded set and one for each other. */
function againWith(place: string, name: string): string {
  if (place === 'embedded') return `npm start -- --notebook ${name}`
  return /^local[/\\]./.test(place) ? `npm start -- --notebook ${name} --data FOLDER` : `clvlab run ${name}.ipynb`
}

function dateIn(html: string): string {
  const run = runFactsIn(html).find(([name]) => name === 'Run')?.[1] ?? ''
  return /\d{4}-\d\d-\d\d/.exec(run)?.[0] ?? ''
}
