import path from 'node:path'
import { compareRuns, diffHtml, diffText, readRun, writeWhole } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { pageDrawing } from './export-report.ts'
import type { Io } from './io.ts'
import { withJsonErrors } from './json-errors.ts'
import { refuseOver } from './refuse-over.ts'

const SPEC = {
  name: 'report diff',
  summary:
    'Two runs side by side: parameters, data, findings, every score with whether the difference is within noise, charts. A run is a report ' +
    '(.html) or an executed notebook (.ipynb). What differs is printed, all of it goes to one page that opens offline.',
  positionals: ['A', 'B'],
  options: {
    out: { value: 'FILE', about: 'the page; reports/local/diff.html below the working folder unless given' },
    json: { about: 'prints everything as JSON instead' },
  },
  examples: [
    'clvlab report diff reports/embedded/01-from-events-to-value.html reports/local/cdnow/01-from-events-to-value.html',
    'clvlab report diff before.ipynb after.ipynb --out what-changed.html',
  ],
} as const satisfies CommandSpec

/** `clvlab report diff`: two runs against each other. Ends with 0 whatever they say of each other. */
export async function reportDiff(argv: readonly string[], io: Io): Promise<number> {
  return await withJsonErrors(argv, io, async () => {
    const parsed = parseArguments(argv, SPEC)
    if (parsed.help) {
      io.stdout(helpText(SPEC))
      return 0
    }
    const [first, second] = requirePositionals(parsed.positionals, SPEC) as [string, string]
    const out = parsed.values.out ?? path.join('reports', 'local', 'diff.html')
    refuseOver(out, [first, second])
    const [a, b] = [await readRun(first, 'a-', await pageDrawing()), await readRun(second, 'b-', await pageDrawing())]
    const diff = compareRuns(a, b)
    await writeWhole(out, diffHtml(a, b))
    io.stdout(parsed.values.json ? `${JSON.stringify({ ...diff, page: out }, null, 2)}\n` : `${diffText(diff)}\n${out}\n`)
    return 0
  })
}
