import { declaredParameters, tagsOf, type Notebook } from '../notebook/index.ts'
import type { Provenance } from './provenance.ts'

/** What an executed notebook itself tells of how it was run; what it does not tell is not there. */
export interface Recorded {
  readonly parameters: Provenance['parameters']
  readonly data?: Provenance['data']
}

/** The parameters as they were run, declared defaults and what was given on top, and the data set that a cell showed. */
export function recordedIn(notebook: Notebook): Recorded {
  const data = datasetIn(notebook)
  return {
    parameters: Object.fromEntries(['parameters', 'injected-parameters'].flatMap(tag => declaredUnder(notebook, tag))),
    ...(data === undefined ? {} : { data }),
  }
}

function declaredUnder(notebook: Notebook, tag: string): readonly (readonly [name: string, value: unknown])[] {
  const cells = notebook.cells
    .filter(cell => tagsOf(cell).includes(tag))
    .map(cell => ({ ...cell, metadata: { tags: ['parameters'] } }))
  return declaredParameters({ ...notebook, cells }).map(({ name, initial }) => [name, valueOf(initial)])
}

/** A literal of TypeScript as a value; any other expression as it is written. */
function valueOf(source: string): unknown {
  const quoted = /^(['"`])((?:[^\\]|\\.)*)\1$/s.exec(source)
  if (quoted !== null)
    return (quoted[2] as string).replace(/\\(.)/gs, (_, character: string) =>
      character === 'n' ? '\n' : character === 'r' ? '\r' : character,
    )
  try {
    return JSON.parse(source.replaceAll(/(?<=\d)_(?=\d)/g, '').replaceAll("'", '"'))
  } catch {
    return source
  }
}

function datasetIn(notebook: Notebook): Recorded['data'] {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue
    for (const output of cell.outputs) {
      if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') continue
      const { dataset } = (output.metadata['clvlab'] ?? {}) as {
        readonly dataset?: { readonly title?: unknown; readonly checksum?: unknown }
      }
      if (typeof dataset?.title === 'string' && typeof dataset.checksum === 'string')
        return { title: dataset.title, checksum: dataset.checksum }
    }
  }
  return undefined
}
