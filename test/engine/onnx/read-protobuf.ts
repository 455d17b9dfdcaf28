/** The fields of a protobuf message by number, in order: whole numbers, or bytes. */
export function fieldsOf(bytes: Uint8Array): ReadonlyMap<number, readonly (bigint | Uint8Array)[]> {
  const fields = new Map<number, (bigint | Uint8Array)[]>()
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] as number
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length))
  while (at < bytes.length) {
    const tag = Number(varint())
    const type = tag & 7
    const value = type === 0 ? varint() : type === 5 ? take(4) : take(Number(varint()))
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value])
  }
  return fields
}

export const wordsOf = (value: bigint | Uint8Array | undefined): string => new TextDecoder().decode(value as Uint8Array)
