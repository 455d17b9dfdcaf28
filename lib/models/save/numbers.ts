const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** The bits of the numbers as they are, the lowest byte first on every host. */
export function toBytes(values: Float32Array | Float64Array): Buffer {
  const bytes = Buffer.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return LITTLE ? bytes : swapped(bytes, values.BYTES_PER_ELEMENT)
}

/** The numbers of these bytes, in memory of their own. */
export function fromBytes(type: 'float32' | 'float64', bytes: Uint8Array): Float32Array | Float64Array {
  const own = new Uint8Array(bytes.length)
  own.set(bytes)
  if (!LITTLE) swapped(Buffer.from(own.buffer), type === 'float32' ? 4 : 8)
  return type === 'float32' ? new Float32Array(own.buffer) : new Float64Array(own.buffer)
}

function swapped(bytes: Buffer, size: number): Buffer {
  return size === 4 ? bytes.swap32() : bytes.swap64()
}
