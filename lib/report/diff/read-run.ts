import fs from 'node:fs'
import path from 'node:path'
import { ReportError } from '../../errors/index.ts'
import { readNotebook } from '../../notebook/index.ts'
import { contentOf } from '../content.ts'
import type { Drawing } from '../html.ts'
import { runFactsIn, type Provenance } from '../provenance.ts'
import { withoutLooks } from '../looks.ts'
import { quoted } from '../quoted.ts'
import { recordedIn } from '../recorded.ts'
import { recordIn, recordOf, type RunRecord } from '../record/run-record.ts'
import { foreignSvg } from '../foreign-svg.ts'
import { doubtsOf } from './doubts.ts'

/** A run that is to be held against another. */
export interface Run {
  /** As it was named by who asked. */
  readonly file: string
  readonly record: RunRecord
  /** Date, duration, machine, commit; where they are not known, empty. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** What of the page its record does not bear out, a sentence each. */
  readonly doubts: readonly string[]
  /** Drawings by figure number. */
  readonly drawings: ReadonlyMap<number, string>
}

/**
 * Reads a run from a report (`.html`, or its `.md` or `.json` beside it) or from an executed notebook (`.ipynb`).
 *
 * @param prefix for identifiers of its drawings, so that two runs can stand in one page
 * @throws ReportError `not-there`; `no-record` for a page that is no report of ours, or one from before reports carried numbers; `not-run`
 */
export async function readRun(file: string, prefix: string, drawing: Drawing): Promise<Run> {
  const source = file.replace(/\.(?:md|json)$/, '.html')
  if (!fs.existsSync(source)) {
    throw new ReportError({
      code: 'not-there',
      what: 'there is no such file',
      where: source,
      remedy: 'name a report (.html) or an executed notebook',
    })
  }
  return path.extname(source) === '.ipynb' ? await fromNotebook(source, prefix, drawing) : fromReport(source, prefix)
}

function fromReport(file: string, prefix: string): Run {
  const html = quoted(fs.readFileSync(file, 'utf8'))
  const record = recordIn(html)
  if (record === undefined) {
    throw new ReportError({
      code: 'no-record',
      what: 'this page carries no whole record of its run',
      where: file,
      remedy:
        'it is none of ours or damaged: export it again, with `npm start` or `clvlab report`, or name the executed notebook',
    })
  }
  const drawings = new Map<number, string>()
  for (const [, number, svg] of html.matchAll(/<figure id="figure-(\d+)"[^>]*><div class="chart"[^>]*>(<svg[\s\S]*?<\/svg>)/g))
    drawings.set(Number(number), foreignSvg(withoutLooks(svg as string), prefix))
  return { file, record, facts: runFactsIn(html), doubts: doubtsOf(html, record), drawings }
}

async function fromNotebook(file: string, prefix: string, drawing: Drawing): Promise<Run> {
  const notebook = await readNotebook(file)
  if (!notebook.cells.some(cell => cell.cell_type === 'code' && cell.execution_count !== null)) {
    throw new ReportError({
      code: 'not-run',
      what: 'no cell of the notebook has been run',
      where: file,
      remedy: `\`clvlab run ${file} --out FILE\` runs it`,
    })
  }
  const { parameters, data } = recordedIn(notebook)
  const unknown: Provenance = {
    notebook: path.basename(file),
    parameters,
    data: data ?? { title: 'not known: no cell showed its event log', checksum: 'not known' },
    versions: {},
    device: '',
    run: { date: '', duration: '', machine: '', commit: '' },
  }
  const drawings = new Map<number, string>()
  for (const { number, spec, title, alt } of contentOf(notebook).figures.values())
    if (spec !== undefined) drawings.set(number, foreignSvg(await drawing.svg(spec, { title, alt }), prefix))
  return { file, record: recordOf(notebook, unknown), facts: [], doubts: [], drawings }
}
