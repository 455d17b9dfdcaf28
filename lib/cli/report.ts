import path from 'node:path'
import { UsageError } from '../errors/index.ts'
import { readNotebook } from '../notebook/index.ts'
import { recordedIn, reportFiles } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { exportReport } from './export-report.ts'
import { endedByInterrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import { provenanceByHand } from './provenance.ts'
import { reportCheck } from './report-check.ts'
import { reportDiff } from './report-diff.ts'
import { reportPdf } from './report-pdf.ts'
import { refuseOver } from './refuse-over.ts'

const SPEC = {
  name: 'report',
  summary:
    'Exports a notebook that has been run as one HTML file, with a Markdown twin and its pictures. There are also `report diff A B`: two ' +
    'runs side by side; `report check`: do the committed reports still hold; `report pdf REPORT`: for print. Each has its own --help.',
  positionals: ['NOTEBOOK'],
  options: {
    out: { value: 'DIR', about: 'the folder to write to; reports/local below the working folder unless given' },
    static: { about: 'leaves the live charts out: a small file' },
  },
  examples: ['clvlab run notebooks/mine.ipynb --out /tmp/mine.ipynb', 'clvlab report /tmp/mine.ipynb --out reports/local'],
} as const satisfies CommandSpec

/** `clvlab report`: an executed notebook as a report; or what else can be done with reports. */
export async function report(argv: readonly string[], io: Io): Promise<number> {
  const [verb, ...rest] = argv
  if (verb === 'check') return await reportCheck(rest, io)
  const work = verb === 'diff' ? reportDiff : verb === 'pdf' ? reportPdf : undefined
  return await endedByInterrupt(io, async () => await (work === undefined ? exported(argv, io) : work(rest, io)))
}

async function exported(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv, SPEC)
  if (parsed.help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  const [notebook] = requirePositionals(parsed.positionals, SPEC) as [string]
  const name = path.basename(notebook, '.ipynb')
  const out = parsed.values.out ?? 'reports/local'
  for (const file of Object.values(reportFiles(out, name))) refuseOver(file, [notebook])
  const executed = await readNotebook(notebook)
  if (!executed.cells.some(cell => cell.cell_type === 'code' && cell.execution_count !== null)) {
    throw new UsageError({
      code: 'not-run',
      what: 'no cell of the notebook has been run',
      where: notebook,
      remedy: `\`clvlab run ${notebook} --out FILE\`, then \`clvlab report FILE\``,
    })
  }
  const provenance = provenanceByHand({ notebook: path.basename(notebook), ...recordedIn(executed) })
  const file = await exportReport(out, name, notebook, provenance, !parsed.values.static, io)
  io.stdout(`${file}\n`)
  return 0
}
