import fs from 'node:fs'
import { group, type Groups } from '../../../lib/models/btyd/index.ts'

/** [x, t_x days, T days, mean spend of repeats, purchases in the 39 weeks after, customers]; see make-cdnow-sample.mjs. */
type Line = readonly [number, number, number, number, number, number]

export interface CdnowSample {
  readonly customers: readonly Line[]
  /** One value per customer of a part of its line. */
  readonly column: (part: number) => Float64Array
  /** Histories in weeks. */
  readonly groups: Groups
}

/** The 2,357 customers of Fader, Hardie, Lee (2005). */
export function cdnowSample(): CdnowSample {
  const lines = JSON.parse(
    fs.readFileSync(new URL('../../fixtures/cdnow-sample.json', import.meta.url), 'utf8'),
  ) as readonly Line[]
  const customers = lines.flatMap(line => Array.from({ length: line[5] }, () => line))
  const column = (part: number): Float64Array => Float64Array.from(customers, line => line[part] as number)
  return { customers, column, groups: group(column(0), column(1), column(2), 7) }
}
