import { inspect } from 'node:util'
import { DISPLAY, isDisplayable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'
import { modelBundle } from './model.ts'
import { asRows, rowsBundle } from './rows.ts'
import { typedArrayText } from './typed-array.ts'

/** The form in which a value is shown: its own where it has one, else a table, a model's parameters, or text. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (isDisplayable(value)) return value[DISPLAY]()
  const rows = asRows(value)
  if (rows !== undefined) return rowsBundle(rows)
  return modelBundle(value) ?? { data: { 'text/plain': plain(value) } }
}

export function plain(value: unknown): string {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value))
    return typedArrayText(value as Float64Array)
  return inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 })
}
