import { createHmac, timingSafeEqual } from 'node:crypto'
import { FormatError } from '../../errors/index.ts'
import type { Header, Message } from './message.ts'

const DELIMITER = Buffer.from('<IDS|MSG>')

/**
 * Turns messages into the frames of the wire and back: identities, delimiter, HMAC-SHA256 signature, then header,
 * parent header, metadata and content as JSON (Jupyter messaging, "The wire protocol").
 */
export class Codec {
  readonly #key: string

  /** @param key the connection file's key; empty means that messages are not signed */
  constructor(key: string) {
    this.#key = key
  }

  encode(message: Message): Buffer[] {
    const parts = [message.header, message.parent, message.metadata, message.content].map(part =>
      Buffer.from(JSON.stringify(part)),
    )
    return [...message.identities.map(part => Buffer.from(part)), DELIMITER, Buffer.from(this.#sign(parts)), ...parts]
  }

  /** @throws FormatError where the frames are no signed message */
  decode(frames: readonly Uint8Array[]): Message {
    const at = frames.findIndex(frame => DELIMITER.equals(frame))
    const [signature, ...rest] = frames.slice(at + 1)
    const parts = rest.slice(0, 4)
    if (at < 0 || signature === undefined || parts.length < 4)
      throw new FormatError({ code: 'wire-frames', what: 'these frames are no Jupyter message' })
    if (this.#key !== '' && !same(Buffer.from(signature), Buffer.from(this.#sign(parts)))) {
      throw new FormatError({
        code: 'wire-signature',
        what: 'the signature of a message does not belong to its content',
        remedy: 'use the key of the connection file',
      })
    }
    const [header, parent, metadata, content] = parts.map(
      part => JSON.parse(Buffer.from(part).toString('utf8')) as Record<string, unknown>,
    )
    return {
      identities: frames.slice(0, at),
      header: header as unknown as Header,
      parent: (parent ?? {}) as Message['parent'],
      metadata: metadata ?? {},
      content: content ?? {},
    }
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (this.#key === '') return ''
    const hmac = createHmac('sha256', this.#key)
    for (const part of parts) hmac.update(part)
    return hmac.digest('hex')
  }
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
