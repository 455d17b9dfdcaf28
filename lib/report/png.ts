/** The bytes of a picture in PNG, as a notebook carries them, without white space; undefined for anything else that calls itself one. */
export function pngIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const bytes = value.replace(/\s/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(bytes) && SIGNATURE.equals(Buffer.from(bytes.slice(0, 12), 'base64').subarray(0, 8))
    ? bytes
    : undefined
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
