/** Floats of several arrays, one after another, the lowest byte first on every host. */
export function pack(arrays: Readonly<Record<string, Float32Array>>): {
  readonly bytes: Buffer
  readonly places: Readonly<Record<string, number>>
} {
  const named = Object.entries(arrays)
  const bytes = Buffer.alloc(4 * named.reduce((all, [, values]) => all + values.length, 0))
  let at = 0
  for (const [, values] of named) for (const value of values) at = bytes.writeFloatLE(value, at)
  return { bytes, places: Object.fromEntries(named.map(([name, values]) => [name, values.length])) }
}

/** The arrays of these bytes, by the lengths that `pack` told. */
export function unpack(bytes: Buffer, places: Readonly<Record<string, number>>): Readonly<Record<string, Float32Array>> {
  let at = 0
  return Object.fromEntries(
    Object.entries(places).map(([name, length]) => {
      const start = at
      at += 4 * length
      return [name, Float32Array.from({ length }, (_, i) => bytes.readFloatLE(start + 4 * i))]
    }),
  )
}
