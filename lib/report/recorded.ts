import type { ToldUse } from '../engine/index.ts'
import { declaredParameters, tagsOf, type Notebook } from '../notebook/index.ts'
import type { Provenance } from './provenance.ts'
import { constantOf } from './record/constant.ts'
import { dataFacts } from './record/data-facts.ts'

/** What an executed notebook itself tells of how it was run; what it does not tell is not there. */
export interface Recorded {
  readonly parameters: Provenance['parameters']
  readonly data?: Provenance['data']
  /** Other than `wasm`, where a cell showed what was trained on it, or the parameter `device` asked for it. */
  readonly device?: Provenance['device']
  /** With what, when, where and from which commit, where `clvlab run` has kept it. */
  readonly ran?: Pick<Provenance, 'versions' | 'run'>
}

/** The parameters as they were run, declared defaults and what was given on top, and the data set that a cell showed. */
export function recordedIn(notebook: Notebook): Recorded {
  const data = datasetIn(notebook)
  const parameters = Object.fromEntries(['parameters', 'injected-parameters'].flatMap(tag => declaredUnder(notebook, tag)))
  const device = deviceIn(notebook) ?? askedFor(parameters['device'])
  const ran = ranIn(notebook)
  return {
    parameters,
    ...(data === undefined ? {} : { data }),
    ...(device === undefined ? {} : { device }),
    ...(ran === undefined ? {} : { ran }),
  }
}

/** What was kept of the run, unless somebody has made something else of it. */
function ranIn({ metadata }: Notebook): Recorded['ran'] {
  const { run: kept } = (metadata['clvlab'] ?? {}) as { readonly run?: unknown }
  if (typeof kept !== 'object' || kept === null) return undefined
  const { versions, run } = kept as { readonly versions?: unknown; readonly run?: unknown }
  const isWords = (value: unknown, ...names: readonly string[]): boolean =>
    typeof value === 'object' &&
    value !== null &&
    names.every(name => name in value) &&
    Object.values(value).every(each => typeof each === 'string')
  return isWords(versions) && isWords(run, 'date', 'duration', 'machine', 'commit')
    ? (kept as NonNullable<Recorded['ran']>)
    : undefined
}

function declaredUnder(notebook: Notebook, tag: string): readonly (readonly [name: string, value: unknown])[] {
  const cells = notebook.cells
    .filter(cell => tagsOf(cell).includes(tag))
    .map(cell => ({ ...cell, metadata: { tags: ['parameters'] } }))
  return declaredParameters({ ...notebook, cells }).map(({ name, initial }) => [name, constantOf(initial)])
}

function datasetIn(notebook: Notebook): Recorded['data'] {
  for (const { dataset } of shownIn(notebook)) {
    const facts = dataFacts(dataset)
    if (facts !== undefined) return facts
  }
  return undefined
}

/** Every device that something was shown to be trained on, each once: where it was furthest from `wasm`. */
function deviceIn(notebook: Notebook): string | undefined {
  const worst = new Map<string, ToldUse>()
  for (const { device } of shownIn(notebook)) {
    const use: ToldUse | undefined = typeof device === 'string' ? { name: device, text: device } : (device as ToldUse | undefined)
    if (use === undefined) continue
    const { difference = 0 } = worst.get(use.name) ?? { difference: -1 }
    if ((use.difference ?? 0) > difference) worst.set(use.name, use)
  }
  return worst.size === 0 ? undefined : [...worst.values()].map(({ text }) => text).join('; ')
}

function askedFor(device: unknown): string | undefined {
  if (typeof device !== 'string' || device === 'wasm') return undefined
  return `${device} was asked for; no cell showed how far it is from wasm`
}

/** What outputs say for programs, under `clvlab` of their metadata. */
function shownIn(notebook: Notebook): readonly Readonly<Record<string, unknown>>[] {
  return notebook.cells.flatMap(cell => {
    if (cell.cell_type !== 'code') return []
    return cell.outputs.flatMap(output => {
      if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') return []
      const said = output.metadata['clvlab']
      return typeof said === 'object' && said !== null ? [said as Readonly<Record<string, unknown>>] : []
    })
  })
}
