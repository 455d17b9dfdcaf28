import type { FactPair, RunDiff, ScorePair } from './compare-runs.ts'
import { caution, differenceInWords, noise, scoreInWords, tally, verdictInWords, verdictOf } from './words.ts'

/** Two runs against each other for a terminal: what differs, and of what is the same only how much there is. */
export function diffText({ a, b, doubts, parameters, data, circumstances, findings, comparisons }: RunDiff): string {
  const told = findings.filter(({ same }) => !same)
  const said = (finding: (typeof findings)[number]['a']): string =>
    finding === undefined ? 'nothing' : [finding.value, finding.text].filter(each => each !== undefined).join(' ')
  return [
    `A  ${a}`,
    `B  ${b}`,
    ...doubts,
    ...part('Parameters', parameters),
    ...part('Data', data),
    ...part('Circumstances', circumstances),
    '',
    `Findings: ${findings.length - told.length} of ${findings.length} the same`,
    ...told.flatMap(pair => [`  A  ${said(pair.a)}`, `  B  ${said(pair.b)}`]),
    ...comparisons.flatMap(pair => [
      '',
      tally(pair),
      ...aligned(pair.scores.filter(each => verdictOf(each) !== 'same').toSorted(byVerdict)),
      caution(pair),
      ...[noise(pair)].filter(line => line !== ''),
    ]),
    ...(comparisons.length > 0 ? [] : ['', 'Neither run holds a comparison of models.']),
    '',
  ].join('\n')
}

function part(title: string, pairs: readonly FactPair[]): readonly string[] {
  const other = pairs.filter(({ same }) => !same)
  const shown = (value: string | undefined): string => value ?? 'not known'
  return [
    '',
    `${title}: ${other.length === 0 ? 'the same' : ''}`.trimEnd(),
    ...other.map(({ name, a, b }) => `  ${name}: ${shown(a)} → ${shown(b)}`),
  ]
}

const RANK = 'worse, better, differs, only in A, only in B, one seed, cannot be told, within noise, not comparable, same'.split(
  ', ',
)

/** What reaches beyond noise first. */
export const byVerdict = (one: ScorePair, two: ScorePair): number => RANK.indexOf(verdictOf(one)) - RANK.indexOf(verdictOf(two))

function aligned(scores: readonly ScorePair[]): readonly string[] {
  const rows = scores.map(pair => [
    verdictInWords(pair),
    pair.name,
    pair.title,
    `${scoreInWords(pair.a)} → ${scoreInWords(pair.b)}`,
    differenceInWords(pair),
  ])
  const widths = [0, 1, 2, 3].map(column => Math.max(0, ...rows.map(row => (row[column] as string).length)))
  return rows.map(row => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd())
}
