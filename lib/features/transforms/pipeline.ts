import { FitError, FormatError } from '../../errors/index.ts'
import { DISPLAY, Table, type Cell, type Displayable, type MimeBundle, type Row } from '../../schema/index.ts'
import { transformOf } from './registry.ts'
import type { After, AsRow, Before, NeedsOf, Steps } from './shape.ts'
import type { ColumnMap, Layout } from './step.ts'

/** A fitted pipeline as data; `JSON.stringify` and `JSON.parse` lose nothing of it. */
export interface SavedPipeline {
  readonly format: 'clvlab-pipeline'
  readonly version: 1
  readonly steps: readonly { readonly kind: string; readonly layout: Layout }[]
}

/** Steps in order, not fitted yet. */
export interface Pipeline<S extends Steps> {
  readonly steps: S
  /** Learns each step's layout from the table as the steps before left it. Errors: `FitError`, `SchemaError`, `LeakageError`. */
  fit<R extends Row & NeedsOf<S>>(table: Table<R, 'observed'>): FittedPipeline<S>
  /** A saved pipeline of these very steps, with their types. Errors: `FormatError` for another list of steps. */
  fromJSON(saved: unknown): FittedPipeline<S>
}

/**
 * Transforms one after another: `pipeline(log1p('spend'), standardise('spend'), oneHot('country')).fit(table)`. The compiler
 * knows which columns the table must have and which come out.
 */
export function pipeline<const S extends Steps>(...steps: S): Pipeline<S> {
  return {
    steps,
    fit: table => {
      let columns = columnsOf(table, 'fit')
      const fitted = steps.map(step => {
        const layout = asSaved(step.kind, step.fit(columns))
        columns = transformOf(step.kind).transform(layout, columns)
        return { kind: step.kind, layout }
      })
      return new FittedPipeline<S>(fitted)
    },
    fromJSON: saved => {
      const { steps: loaded } = checked(saved)
      const same =
        loaded.length === steps.length &&
        steps.every((step, i) => step.kind === loaded[i]?.kind && String(step.columns) === String(namesIn(loaded[i].layout)))
      if (!same) {
        throw new FormatError({
          code: 'other-steps',
          what: 'the saved pipeline has other steps than this one',
          remedy: 'load it with the pipeline that it was saved from',
        })
      }
      return new FittedPipeline<S>(loaded)
    },
  }
}

/** Transforms with what they learnt: immutable, and nothing but data. */
export class FittedPipeline<S extends Steps = Steps> implements Displayable {
  private readonly steps: SavedPipeline['steps']
  declare readonly known?: S

  constructor(steps: SavedPipeline['steps']) {
    this.steps = steps
  }

  /** The table with its columns transformed. Errors: `LeakageError` for anything but observed values, `SchemaError`. */
  transform<R extends Row & NeedsOf<S>>(table: Table<R, 'observed'>): Table<AsRow<After<R, S>>, 'observed'> {
    const columns = this.steps.reduce(
      (map, { kind, layout }) => transformOf(kind).transform(layout, map),
      columnsOf(table, 'transform'),
    )
    return Table.fromColumns(Object.fromEntries(columns) as never, 'observed')
  }

  /** Back to the columns before, as far as each transform says it can. Errors: `SchemaError` for a column that is gone. */
  inverse<Q extends Row>(table: Table<Q, 'observed'>): Table<AsRow<Before<Q, S>>, 'observed'> {
    const columns = this.steps.reduceRight(
      (map, { kind, layout }) => transformOf(kind).inverse(layout, map),
      columnsOf(table, 'inverse'),
    )
    return Table.fromColumns(Object.fromEntries(columns) as never, 'observed')
  }

  toJSON(): SavedPipeline {
    return { format: 'clvlab-pipeline', version: 1, steps: this.steps }
  }

  /** Its steps in order, and what each learnt. */
  [DISPLAY](): MimeBundle {
    return Table.of({
      step: this.steps.map(({ kind }) => kind),
      columns: this.steps.map(({ layout }) => namesIn(layout).join(', ')),
      learnt: this.steps.map(({ layout }) =>
        JSON.stringify(layout['columns'] ?? layout)
          .replaceAll(/["{}[\]]/g, '')
          .replaceAll(/,/g, ', '),
      ),
    })[DISPLAY]()
  }

  /** A saved pipeline whose steps the compiler does not know. Errors: `FormatError` for anything else. */
  static fromJSON(saved: unknown): FittedPipeline {
    return new FittedPipeline(checked(saved).steps)
  }
}

function columnsOf(table: Table<Row, 'observed'>, where: string): ColumnMap {
  table.requireWhen('observed', `${where} of a pipeline`)
  return new Map(table.names.map(name => [name, table.column(name) as ArrayLike<Cell>]))
}

function checked(saved: unknown): SavedPipeline {
  const found = saved as Partial<SavedPipeline> | null
  if (typeof found !== 'object' || found === null || found.format !== 'clvlab-pipeline' || !Array.isArray(found.steps)) {
    throw new FormatError({
      code: 'no-pipeline',
      what: 'this is no saved pipeline',
      remedy: 'give what toJSON() of a fitted pipeline returned',
    })
  }
  if (found.version !== 1) {
    throw new FormatError({
      code: 'other-version',
      what: `the saved pipeline is of version ${String(found.version)}, this program reads 1`,
      remedy: 'save it again',
    })
  }
  for (const step of found.steps as SavedPipeline['steps']) {
    transformOf(step.kind)
    if (typeof step.layout !== 'object' || step.layout === null) {
      throw new FormatError({
        code: 'bad-layout',
        what: `the step "${step.kind}" has no layout`,
        remedy: 'save the pipeline again',
      })
    }
  }
  return found as SavedPipeline
}

/** What is used now is what a saved file would give back, to the bit (JSON knows neither -0 nor infinity). */
function asSaved(kind: string, layout: Layout): Layout {
  const text = JSON.stringify(layout, (name, value: unknown) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return value
    throw new FitError({
      code: 'not-finite',
      what: `${kind} learnt ${value} as "${name}"`,
      remedy: 'clip the column, or take its logarithm, first',
    })
  })
  return JSON.parse(text) as Layout
}

/** The columns that a layout speaks of, in the order of its step. */
function namesIn(layout: Layout): readonly unknown[] {
  if (Array.isArray(layout['columns'])) return layout['columns'].map(part => (part as Layout | null)?.['column'])
  return [layout['column'], layout['a'], layout['b']].filter(name => name !== undefined)
}
