import { escapeHtml } from '../escape.ts'
import { page } from '../page.ts'
import { PAGE_SCRIPT } from '../script.ts'
import { compareRuns, paired, type FactPair, type RunDiff } from './compare-runs.ts'
import type { Run } from './read-run.ts'
import { scoresHtml } from './scores-html.ts'
import { tally } from './words.ts'

/** Two runs side by side as one page that opens offline: parameters, data, findings, scores against noise, charts. */
export function diffHtml(a: Run, b: Run): string {
  const diff = compareRuns(a, b)
  const title = diff.title.a === diff.title.b ? `${diff.title.a}: two runs` : `${diff.title.a}, and ${diff.title.b}`
  const body = `<a class="skip" href="#content">To the content</a>
<div class="shell single wide"><main id="content">
<header class="top"><p>clvlab: two runs side by side</p><button id="theme" type="button" hidden>Light or dark</button></header>
<h1>${escapeHtml(title)}</h1>
<dl class="sides">${sideHtml('A', a)}${sideHtml('B', b)}</dl>
${diff.doubts.map(doubt => `<p class="failed" role="note">${escapeHtml(doubt)}</p>`).join('\n')}
${summaryHtml(diff)}
${diff.comparisons.map(scoresHtml).join('\n')}
${findingsHtml(diff)}
${factsHtml('Parameters', diff.parameters)}
${factsHtml('Data', diff.data)}
${factsHtml('Circumstances', diff.circumstances)}
${chartsHtml(a, b)}
</main></div>`
  return page({ title, body, scripts: [PAGE_SCRIPT] })
}

/** What a run is: data, date, and its file without the folders of a machine that the reader does not know. */
function sideHtml(name: string, { file, record, facts }: Run): string {
  const when = facts.find(([fact]) => fact === 'Run')?.[1].split(',')[0]
  const told = [record.data.title, ...(when === undefined ? [] : [when]), ...(record.state === 'ok' ? [] : ['failed'])].join(', ')
  return `<dt>${name}</dt><dd>${escapeHtml(told)} <span class="mono">${escapeHtml(lastOf(file))}</span></dd>`
}

const lastOf = (file: string): string => file.split(/[\\/]/).slice(-2).join('/')

function summaryHtml({ parameters, data, findings, comparisons }: RunDiff): string {
  const count = (pairs: readonly { readonly same: boolean }[]): string =>
    pairs.every(({ same }) => same) ? 'the same' : `${pairs.filter(({ same }) => !same).length} of ${pairs.length} differ`
  const lines = [
    ...comparisons.map(tally),
    `Findings: ${count(findings)}`,
    `Parameters: ${count(parameters)}`,
    `Data: ${data.every(({ same }) => same) ? 'the same' : 'another set'}`,
  ]
  return `<section class="findings" aria-labelledby="summary"><h2 id="summary">In short</h2><ul>${lines.map(line => `<li>${escapeHtml(line)}.</li>`).join('')}</ul></section>`
}

function findingsHtml({ findings }: RunDiff): string {
  if (findings.length === 0) return ''
  const side = (finding: (typeof findings)[number]['a']): string =>
    finding === undefined
      ? '<p class="quiet">not in this run</p>'
      : `<p>${finding.value === undefined ? '' : `<b>${escapeHtml(finding.value)}</b> `}${escapeHtml(finding.text)}</p>`
  const items = findings
    .filter(({ same }) => !same)
    .map(({ a, b }) => `<div class="pair"><div><b>A</b>${side(a)}</div><div><b>B</b>${side(b)}</div></div>`)
  const same = findings.filter(each => each.same).map(({ a }) => side(a))
  return `<section><h2>Findings</h2>${items.join('\n')}${same.length === 0 ? '' : `<h3>The same in both</h3>${same.join('\n')}`}</section>`
}

function factsHtml(title: string, facts: readonly FactPair[]): string {
  if (facts.length === 0) return ''
  const cell = (value: string | undefined): string =>
    value === undefined ? '<td class="quiet">not known</td>' : `<td class="mono">${escapeHtml(value)}</td>`
  const rows = facts.map(
    ({ name, a, b, same }) =>
      `<tr${same ? '' : ' class="other"'}><th scope="row">${escapeHtml(name)}</th>${cell(a)}${cell(b)}<td>${same ? 'the same' : a === undefined || b === undefined ? '' : 'differs'}</td></tr>`,
  )
  return `<section><h2>${title}</h2><div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="diff"><thead><tr><th scope="col"></th><th scope="col">A</th><th scope="col">B</th><th scope="col"></th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`
}

function chartsHtml(a: Run, b: Run): string {
  const figures = (run: Run) =>
    run.record.figures.flatMap(figure => {
      const drawing = run.drawings.get(figure.number)
      return drawing === undefined ? [] : [{ ...figure, drawing }]
    })
  const pairs = paired(figures(a), figures(b), ({ cell }) => cell)
  if (pairs.length === 0) return ''
  const side = (name: string, figure: (typeof pairs)[number]['a']): string =>
    figure === undefined
      ? `<div><p class="quiet">${name}: not in this run</p></div>`
      : `<figure><div class="chart">${figure.drawing}</div><figcaption><span class="side">${name}</span> Figure ${figure.number}. <b>${escapeHtml(figure.title)}</b></figcaption></figure>`
  const isSame = ({ a: one, b: two }: (typeof pairs)[number]): boolean =>
    one !== undefined && two !== undefined && bare(one.drawing) === bare(two.drawing)
  const other = pairs
    .filter(pair => !isSame(pair))
    .map(pair => `<div class="pair">${side('A.', pair.a)}${side('B.', pair.b)}</div>`)
  const same = pairs.filter(isSame).map(({ a: one }) => side('A and B.', one))
  return `<section><h2>Charts</h2>${other.join('\n')}${same.length === 0 ? '' : `<h3>The same in both</h3><div class="pair">${same.join('\n')}</div>`}</section>`
}

/** A drawing but for its identifiers, which carry the prefix of their run. */
const bare = (svg: string): string => svg.replaceAll(/(?<=id="|url\(#|labelledby="|labelledby="\S+ )[ab]-/g, '')
