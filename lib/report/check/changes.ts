import fs from 'node:fs'
import path from 'node:path'
import { compareRuns } from '../diff/compare-runs.ts'
import { scoreInWords } from '../diff/words.ts'
import { withoutRun } from '../provenance.ts'
import { recordIn, type RunRecord } from '../record/run-record.ts'
import { piecesOf, textOf } from './pieces.ts'

/** One thing in which a report, made anew, is not what it was. */
export interface Change {
  readonly kind: 'finding' | 'score' | 'figure' | 'cell' | 'text' | 'provenance' | 'page' | 'file'
  /** Which: a figure's number, a cell's id, a score's model and measure. */
  readonly at: string
  readonly cell?: string
  readonly was: string
  readonly now: string
}

/**
 * What differs between a report as it lies in one folder and as it was made anew in another: its HTML, its Markdown, its pictures and
 * its card, all but the one block of date, duration, machine and commit. Empty where it holds.
 */
export function reportChanges(folder: string, anew: string, name: string): readonly Change[] {
  const changes = [...pageChanges(read(folder, `${name}.html`), read(anew, `${name}.html`))]
  if (changes.some(({ kind }) => kind === 'file')) return changes
  for (const file of [`${name}.md`, `${name}.json`, ...pictures(folder, anew, name)]) {
    const [was, now] = [read(folder, file), read(anew, file)]
    if (was !== now && (was === undefined || now === undefined || withoutRun(was) !== withoutRun(now)))
      changes.push({ kind: 'file', at: file, ...fileChange(was, now) })
  }
  return changes
}

function pageChanges(was: string | undefined, now: string | undefined): readonly Change[] {
  if (was === undefined || now === undefined)
    return was === now ? [] : [{ kind: 'file', at: 'the report', ...fileChange(was, now) }]
  if (withoutRun(was) === withoutRun(now)) return []
  const changes = [...recordChanges(was, now), ...pieceChanges(was, now)]
  return changes.length > 0 ? changes : [{ kind: 'page', at: 'the page', was: 'other markup', now: 'other markup' }]
}

/** Findings and scores, by the numbers that the pages carry. */
function recordChanges(was: string, now: string): readonly Change[] {
  const [a, b] = [recordIn(was), recordIn(now)]
  if (a === undefined || b === undefined) return []
  const run = (record: RunRecord) => ({ file: '', facts: [], doubts: [], drawings: new Map<number, string>(), record })
  const { findings, comparisons } = compareRuns(run(a), run(b))
  const said = (finding: (typeof findings)[number]['a']): string =>
    [finding?.value, finding?.text].filter(each => each !== undefined).join(' ') || 'none'
  return [
    ...findings
      .filter(({ same }) => !same)
      .map(pair => ({
        kind: 'finding' as const,
        at: `finding of cell ${(pair.a ?? pair.b)?.cell}`,
        was: said(pair.a),
        now: said(pair.b),
      })),
    ...comparisons.flatMap(({ scores }) =>
      scores
        .filter(
          pair =>
            pair.a?.value !== pair.b?.value ||
            pair.a?.low !== pair.b?.low ||
            pair.a?.high !== pair.b?.high ||
            pair.a?.sd !== pair.b?.sd,
        )
        .map(pair => ({
          kind: 'score' as const,
          at: `${pair.name} of ${pair.title}`,
          was: scoreInWords(pair.a),
          now: scoreInWords(pair.b),
        })),
    ),
  ]
}

function pieceChanges(was: string, now: string): readonly Change[] {
  const [a, b] = [piecesOf(was), piecesOf(now)]
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key): readonly Change[] => {
    const [one, two] = [a.get(key), b.get(key)]
    if (one?.html === two?.html) return []
    const { kind, at, cell } = (one ?? two) as NonNullable<typeof one>
    const [before, after] = [
      one === undefined ? 'not there' : textOf(one.html),
      two === undefined ? 'not there' : textOf(two.html),
    ]
    const other = kind === 'figure' ? 'the same words, drawn otherwise' : 'the same words, other markup'
    const words = before === after ? { was: other, now: other } : firstDifference(before, after)
    return [{ kind, at, ...(cell === undefined ? {} : { cell }), ...words }]
  })
}

/** From a few words before the first character that differs. */
function firstDifference(was: string, now: string): { readonly was: string; readonly now: string } {
  let i = 0
  while (i < was.length && was[i] === now[i]) i++
  const from = Math.max(0, was.lastIndexOf(' ', Math.max(0, i - 24)) + 1)
  const part = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, i + 60)}${text.length > i + 60 ? '…' : ''}`.trim()
  return { was: part(was), now: part(now) }
}

function fileChange(was: string | undefined, now: string | undefined): { readonly was: string; readonly now: string } {
  const size = (text: string | undefined): string =>
    text === undefined ? 'not there' : `${text.length.toLocaleString('en-US')} long`
  return { was: size(was), now: was !== undefined && now !== undefined ? `${size(now)}, other content` : size(now) }
}

function pictures(folder: string, anew: string, name: string): readonly string[] {
  const within = path.join('images', name)
  const names = [folder, anew].flatMap(each =>
    fs.existsSync(path.join(each, within)) ? fs.readdirSync(path.join(each, within)) : [],
  )
  return [...new Set(names)].sort().map(image => path.join(within, image))
}

/** Pictures as a character for each byte. */
function read(folder: string, file: string): string | undefined {
  const full = path.join(folder, file)
  return fs.existsSync(full) ? fs.readFileSync(full, file.endsWith('.png') ? 'latin1' : 'utf8') : undefined
}
