import { percentileInterval } from '../metrics/index.ts'
import { label } from './marks.ts'
import { SCALE } from './theme.ts'
import { significant } from './words.ts'

/** Columns of a heat map, each with its cells from the top down. */
export interface LevelLines {
  /** What stands for a column on the x axis, and the field that says it. */
  readonly field: string
  readonly columns: readonly number[]
  /** Values by column, from the top. */
  readonly values: readonly (readonly number[])[]
  /** The same, for each draw of what the values were computed from. */
  readonly draws: readonly (readonly (readonly number[])[])[]
  readonly levels: readonly number[]
}

const INK = SCALE.onLight
/** Pixels between a line and the middle of its number. */
const BESIDE = 9
/** Of the plot's height, as much as a number beside a line needs. */
const EDGE = 0.07

/**
 * Lines where the values of a heat map, which rise from the top down, reach a level, column by column, with where 95% of draws reach it, and the level beside the
 * last column's line. They are placed in pixels, over cells whose colours are the same on every page, and so are theirs.
 */
export function levelLines({ field, columns, values, draws, levels }: LevelLines): readonly Readonly<Record<string, unknown>>[] {
  const spots = levels.flatMap(level =>
    columns.flatMap((column, i) => {
      const own = reached(values[i] as readonly number[], level)
      if (own <= 0 || own >= 1) return []
      const band = percentileInterval(Float64Array.from(draws, draw => reached(draw[i] as readonly number[], level)))
      const { low, high } = band ?? { low: own, high: own }
      return [{ [field]: column, level, at: significant(own), low: significant(low), high: significant(high) }]
    }),
  )
  if (spots.length === 0) return []
  const x = { field, type: 'ordinal' }
  const y = (of: string, more = ''): unknown => ({ value: { expr: `height * datum.${of}${more}` } })
  const last = columns.at(-1)
  const numbers = spots.filter(spot => (spot as Readonly<Record<string, number>>)[field] === last)
  return [
    ...(draws.length === 0
      ? []
      : [
          {
            data: { values: spots },
            mark: { type: 'rect', color: INK, opacity: 0.35 },
            encoding: { x, y: y('low'), y2: y('high') },
          },
        ]),
    {
      data: { values: spots },
      mark: { type: 'rect', color: INK },
      encoding: { x, y: y('at', ' - 0.75'), y2: y('at', ' + 0.75') },
    },
    ...numbers.map(number => {
      // where its colour suits the cells: above its line on light ones, beneath it on dark ones, unless the plot ends there
      const dark = number.level > SCALE.turn
      const beneath = dark ? number.high < 1 - EDGE : number.low < EDGE
      return {
        data: { values: [number] },
        mark: label({ baseline: 'middle', color: dark ? SCALE.onDark : SCALE.onLight, fontSize: 10 }),
        encoding: { x, y: beneath ? y('high', ` + ${BESIDE}`) : y('low', ` - ${BESIDE}`), text: { field: 'level' } },
      }
    }),
  ]
}

/** How far down, as a share of the column, values reach a level; 0 where they begin above it, 1 where they never do. Straight between the middles of cells. */
function reached(values: readonly number[], level: number): number {
  const after = values.findIndex(value => value >= level)
  if (after <= 0) return after === 0 ? 0 : 1
  const [below, above] = [values[after - 1] as number, values[after] as number]
  return (after - 0.5 + (level - below) / (above - below)) / values.length
}
