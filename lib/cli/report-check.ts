import fs from 'node:fs'
import path from 'node:path'
import { openDataset } from '../data/index.ts'
import { reportChanges, type Change } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { endedByInterrupt, INTERRUPTED, woundDown } from './interrupt.ts'
import type { Io } from './io.ts'
import { ROOT } from './provenance.ts'
import { embedded, notebooksNamed, REPORTS, rerun } from './rerun.ts'

const SPEC = {
  name: 'report check',
  summary:
    'Runs the notebooks on the embedded data again and says whether their reports in reports/embedded still hold: byte for byte, all but the ' +
    'marked block of date, duration, machine and commit. Where one does not, it says which finding, score, figure or cell differs. Changes no ' +
    'report. Ends with 0 when all hold, with 1 when one does not or a notebook failed.',
  positionals: [],
  options: {
    notebook: { value: 'NAME', about: 'only the notebooks whose name begins so' },
    json: { about: 'prints the result as JSON' },
  },
  examples: ['clvlab report check', 'clvlab report check --notebook 01 --json'],
} as const satisfies CommandSpec

interface Checked {
  readonly name: string
  readonly holds: boolean
  readonly ran: boolean
  readonly changes: readonly Change[]
}

/** So many changes are told in a terminal; --json has them all. */
const TOLD = 20

/** `clvlab report check`: do the committed reports still hold. */
export async function reportCheck(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv, SPEC)
  if (parsed.help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  requirePositionals(parsed.positionals, SPEC)
  const names = notebooksNamed(parsed.values.notebook ?? '')
  const data = await endedByInterrupt(io, async () => {
    const folder = await embedded(io)
    const log = await openDataset(folder)
    log.close()
    return { folder, facts: log.facts }
  })
  const committed = path.join(REPORTS, 'embedded')
  const anew = path.join(ROOT, '.cache', 'check')
  fs.rmSync(anew, { recursive: true, force: true })
  const { checked, stopped } = await woundDown(async signal => {
    const done: Checked[] = []
    for (const name of names) {
      io.stderr(`running again: ${name}\n`)
      const ran = await rerun({ name, data, foreign: false, runs: path.join('runs', 'check'), reports: anew }, signal, io)
      if (signal.aborted) return { checked: done, stopped: true }
      const changes = reportChanges(committed, anew, name)
      done.push({ name, ran, holds: ran && changes.length === 0, changes })
    }
    return { checked: done, stopped: false }
  })
  if (stopped) {
    io.stderr('clvlab: stopped by Ctrl-C; the reports are as they were\n')
    return INTERRUPTED
  }
  const orphans = parsed.values.notebook === undefined ? withoutNotebook(committed, names) : []
  const all = [...checked, ...orphans]
  io.stdout(
    parsed.values.json
      ? `${JSON.stringify({ holds: all.every(({ holds }) => holds), anew, reports: all }, null, 2)}\n`
      : told(all, anew),
  )
  return all.every(({ holds }) => holds) ? 0 : 1
}

/** Reports that no notebook makes any more hold nothing; nor does a page, twin, card or folder of pictures alone. */
function withoutNotebook(folder: string, names: readonly string[]): readonly Checked[] {
  const within = (place: string): readonly string[] => (fs.existsSync(place) ? fs.readdirSync(place) : [])
  const left = [...within(folder).filter(file => file !== 'images'), ...within(path.join(folder, 'images'))]
  return [...new Set(left.map(file => file.replace(/\.(?:html|md|json)$/, '')))]
    .filter(name => !names.includes(name))
    .map(name => ({
      name,
      ran: false,
      holds: false,
      changes: [{ kind: 'file', at: 'the report', was: 'there', now: 'no notebook makes it' }],
    }))
}

function told(all: readonly Checked[], anew: string): string {
  const lines = all.flatMap(({ name, holds, ran, changes }) => [
    `${holds ? 'holds  ' : 'differs'}  ${name}${ran || changes.some(({ now }) => now === 'no notebook makes it') ? '' : ': the notebook failed'}`,
    ...changes.slice(0, TOLD).flatMap(({ at, cell, was, now }) => {
      const place = cell === undefined || at.includes(cell) ? at : `${at} (cell ${cell})`
      return was === now ? [`  ${place}: ${was}`] : [`  ${place}`, `    was  ${was}`, `    now  ${now}`]
    }),
    ...(changes.length > TOLD ? [`  and ${changes.length - TOLD} more; --json lists them`] : []),
  ])
  const held = all.filter(({ holds }) => holds).length
  const end =
    held === all.length
      ? []
      : [`made anew in ${anew}; \`clvlab report diff\` shows two of them side by side, \`npm start\` renews reports/embedded`]
  return [...lines, `${held} of ${all.length} ${all.length === 1 ? 'report holds' : 'reports hold'}`, ...end, ''].join('\n')
}
