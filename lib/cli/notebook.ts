import path from 'node:path'
import { UsageError } from '../errors/index.ts'
import { exerciseOf, readNotebook, solutionOf, writeNotebook } from '../notebook/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { brokenByStrip } from './broken-by-strip.ts'
import type { Io } from './io.ts'
import { refuseOver } from './refuse-over.ts'
import { refuseWorkedIn } from './refuse-worked-in.ts'

const SPEC = {
  name: 'notebook',
  summary:
    'Makes an exercise and its solution from one notebook: `strip` takes what lies between `/// solution` and `/// end`, and cells tagged ' +
    '"solution", away; `solution` takes the marks away, and cells tagged "exercise".',
  positionals: ['strip|solution', 'NOTEBOOK'],
  options: {
    out: {
      value: 'FILE',
      about: 'where it goes; beside the notebook unless given, as NAME.exercise.ipynb or NAME.solution.ipynb',
    },
    force: { about: 'writes over a file that somebody may have worked in' },
  },
  examples: ['clvlab notebook strip course.ipynb', 'clvlab notebook solution course.ipynb --out handout.ipynb'],
} as const satisfies CommandSpec

const EDITIONS = { strip: { make: exerciseOf, ending: 'exercise' }, solution: { make: solutionOf, ending: 'solution' } } as const

/** `clvlab notebook strip` and `clvlab notebook solution`. */
export async function notebook(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv, SPEC)
  if (parsed.help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  const [verb, file] = requirePositionals(parsed.positionals, SPEC) as [string, string]
  if (verb !== 'strip' && verb !== 'solution') {
    throw new UsageError({
      code: 'unknown-verb',
      what: `"${verb}" is nothing to do with a notebook`,
      where: 'clvlab notebook',
      remedy: 'strip or solution',
    })
  }
  const { make, ending } = EDITIONS[verb]
  const out = parsed.values.out ?? path.join(path.dirname(file), `${path.basename(file, '.ipynb')}.${ending}.ipynb`)
  refuseOver(out, [file])
  if (!parsed.values.force) await refuseWorkedIn(out, ending)
  const source = await readNotebook(file)
  const edition = make(source, path.basename(file))
  if (verb === 'strip') {
    const solution = solutionOf(source, path.basename(file))
    for (const { cell, problem } of await brokenByStrip(edition, solution, path.dirname(path.resolve(file))))
      io.stderr(`warning: cell ${cell} does not compile before it is solved: give its region a \`/// stub: …\`\n${problem}\n`)
  }
  await writeNotebook(out, edition)
  io.stdout(`${out}\n`)
  return 0
}
