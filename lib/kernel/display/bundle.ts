import { inspect } from 'node:util'
import { DISPLAY, isDisplayable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'
import { modelBundle } from './model.ts'
import { networkBundle } from './network.ts'
import { partsBundle } from './parts.ts'
import { asRows, rowsBundle } from './rows.ts'
import { typedArrayText } from './typed-array.ts'

/** The form in which a value is shown: its own where it has one, else a table, a model's parameters, its parts, or text. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (isDisplayable(value)) return value[DISPLAY]()
  const model = modelBundle(value) ?? networkBundle(value)
  if (model !== undefined) return model
  const rows = asRows(value)
  if (rows !== undefined) return rowsBundle(rows)
  return partsBundle(value) ?? { data: { 'text/plain': plain(value) } }
}

export function plain(value: unknown): string {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value))
    return typedArrayText(value as Float64Array)
  return inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 })
}
