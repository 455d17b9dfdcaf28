/** The bytes of one message: what fields wrote, in order. */
export type Message = readonly Uint8Array[]

const VARINT = 0
const BYTES = 2
const FIXED32 = 5

/** A whole number from 0 on; or, as protobuf has it, the two's complement of one below. */
export function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 128)
  } while (rest !== 0n)
  return Uint8Array.from(bytes)
}

const tag = (field: number, type: number): Uint8Array => varint((field << 3) | type)

export const integer = (field: number, value: number): Message => [tag(field, VARINT), varint(value)]

export function float(field: number, value: number): Message {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return [tag(field, FIXED32), bytes]
}

export const bytes = (field: number, value: Uint8Array): Message => [tag(field, BYTES), varint(value.length), value]

export const text = (field: number, value: string): Message => bytes(field, new TextEncoder().encode(value))

export const message = (field: number, ...parts: readonly Message[]): Message => bytes(field, join(parts.flat()))

export function join(parts: Message): Uint8Array {
  const whole = new Uint8Array(parts.reduce((all, each) => all + each.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
