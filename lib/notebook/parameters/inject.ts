import { createHash } from 'node:crypto'
import { NotebookError } from '../../errors/index.ts'
import { tagsOf } from '../document/notebook.ts'
import type { CodeCell, Notebook } from '../document/notebook.ts'
import { INJECTED_TAG, PARAMETERS_TAG, declaredParameters } from './declared.ts'
import { hasType, literal, readValue } from './literal.ts'
import type { ParameterValue } from './literal.ts'

export type ParameterValues = Readonly<Record<string, ParameterValue>>

/**
 * Gives a notebook its parameters: a cell tagged `injected-parameters` behind the one tagged `parameters`. One that is
 * there already, from an earlier run, is replaced, and taken away where no value is given.
 *
 * @throws NotebookError `unknown-parameter`, `parameter-type`
 */
export function injectParameters(notebook: Notebook, values: ParameterValues): Notebook {
  checkParameters(notebook, values)
  const cells = notebook.cells.filter(cell => !tagsOf(cell).includes(INJECTED_TAG))
  if (Object.keys(values).length === 0) return { ...notebook, cells }
  const at = cells.findIndex(cell => tagsOf(cell).includes(PARAMETERS_TAG))
  const types = new Map(declaredParameters(notebook).map(({ name, type }) => [name, type]))
  const kinds = new Map(
    [...(cells[at]?.source ?? '').matchAll(/^\s*(let|const|var)\s+([\p{ID_Continue}$]+)/gmu)].map(([, kind, name]) => [
      name,
      kind,
    ]),
  )
  const source = Object.entries(values)
    .map(([name, value]) => `${kinds.get(name) ?? 'const'} ${name}: ${types.get(name) ?? 'unknown'} = ${literal(value)}`)
    .join('\n')
  const injected: CodeCell = {
    cell_type: 'code',
    id: createHash('sha256').update(INJECTED_TAG).digest('hex').slice(0, 8),
    metadata: { tags: [INJECTED_TAG] },
    source,
    execution_count: null,
    outputs: [],
  }
  return { ...notebook, cells: [...cells.slice(0, at + 1), injected, ...cells.slice(at + 1)] }
}

/**
 * Reads `name=value` pairs of a command line by the types that the notebook declares.
 *
 * @throws NotebookError `unknown-parameter`, `parameter-type`
 */
export function readParameters(notebook: Notebook, pairs: readonly (readonly [name: string, text: string])[]): ParameterValues {
  const types = new Map(declaredParameters(notebook).map(({ name, type }) => [name, type]))
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      const type = types.get(name)
      if (type === undefined) throw unknown(name, [...types.keys()])
      const value = readValue(text, type)
      if (value === undefined) throw wrongType(name, text, type)
      return [name, value]
    }),
  )
}

function checkParameters(notebook: Notebook, values: ParameterValues): void {
  const types = new Map(declaredParameters(notebook).map(({ name, type }) => [name, type]))
  for (const [name, value] of Object.entries(values)) {
    const type = types.get(name)
    if (type === undefined) throw unknown(name, [...types.keys()])
    if (!hasType(value, type)) throw wrongType(name, literal(value), type)
  }
}

function unknown(name: string, known: readonly string[]): NotebookError {
  return new NotebookError({
    code: 'unknown-parameter',
    what: `the notebook has no parameter "${name}"`,
    remedy:
      known.length === 0
        ? 'declare it, with a type and a default, in a code cell tagged "parameters"'
        : `one of ${known.join(', ')}`,
  })
}

function wrongType(name: string, text: string, type: string): NotebookError {
  return new NotebookError({
    code: 'parameter-type',
    what: `${text} is no value for the parameter "${name}"`,
    remedy: `give a value of type ${type}`,
  })
}
