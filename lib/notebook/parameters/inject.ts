import { createHash } from 'node:crypto'
import { NotebookError } from '../../errors/index.ts'
import { tagsOf } from '../document/notebook.ts'
import type { CodeCell, Notebook } from '../document/notebook.ts'
import { namesOf } from '../resume/names.ts'
import { INJECTED_TAG, PARAMETERS_TAG, declaredParameters } from './declared.ts'
import type { Declared } from './declared.ts'
import { literal, readValue } from './literal.ts'
import type { ParameterValue } from './literal.ts'
import { hasType, parseType } from './type.ts'

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
  const declared = declaredParameters(notebook)
  const given = declared.filter(({ name }) => name in values)
  const source = [
    ...given.map(({ keyword, name, type }) => `${keyword} ${name}: ${type} = ${literal(values[name] as ParameterValue)}`),
    ...derivedFrom(new Set(given.map(({ name }) => name)), declared),
  ].join('\n')
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

/** What the parameters' cell reckons from the values given is reckoned anew. */
function derivedFrom(changed: Set<string>, declared: readonly Declared[]): string[] {
  return declared.flatMap(({ keyword, name, written, initial }) => {
    if (changed.has(name) || ![...namesOf(initial).mentions].some(each => changed.has(each))) return []
    changed.add(name)
    return [`${keyword} ${name}${written === undefined ? '' : `: ${written}`} = ${initial}`]
  })
}

function checkParameters(notebook: Notebook, values: ParameterValues): void {
  const types = new Map(declaredParameters(notebook).map(({ name, type }) => [name, type]))
  for (const [name, value] of Object.entries(values)) {
    const type = types.get(name)
    if (type === undefined) throw unknown(name, [...types.keys()])
    if (!hasType(value, parseType(type))) throw wrongType(name, literal(value), type)
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
