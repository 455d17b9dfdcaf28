import path from 'node:path'
import { UsageError } from '../errors/index.ts'
import { exerciseOf, readNotebook, solutionOf, writeNotebook } from '../notebook/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import type { Io } from './io.ts'

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
  if (path.resolve(out) === path.resolve(file)) {
    throw new UsageError({
      code: 'over-source',
      what: 'the notebook would be written over itself, and its other edition lost',
      where: out,
      remedy: 'give --out another name',
    })
  }
  await writeNotebook(out, make(await readNotebook(file), path.basename(file)))
  io.stdout(`${out}\n`)
  return 0
}
