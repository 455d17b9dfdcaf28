type Numbers = ArrayLike<number | bigint> & { readonly constructor: { readonly name: string } }

const SHOWN = 10

/** A typed array in one line: its kind and length, its range, and the first values. */
export function typedArrayText(values: Numbers): string {
  const first = Array.from({ length: Math.min(values.length, SHOWN) }, (_, i) => short(values[i] as number | bigint))
  const preview = `[${first.join(', ')}${values.length > SHOWN ? ', …' : ''}]`
  return `${values.constructor.name}(${values.length})${range(values)} ${preview}`
}

function range(values: Numbers): string {
  if (values.length === 0) return ''
  let low: number | bigint = Infinity
  let high: number | bigint = -Infinity
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number | bigint
    if (value !== value) missing++
    else {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  const bounds = missing === values.length ? '' : ` ${short(low)} to ${short(high)}`
  return missing === 0 ? bounds : `${bounds}, ${missing} NaN`
}

function short(value: number | bigint): string {
  return typeof value === 'bigint' ? `${value}n` : String(Number(value.toPrecision(6)))
}
