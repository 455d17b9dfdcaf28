import { randomUUID } from 'node:crypto'
import { PROTOCOL_VERSION } from './message.ts'
import type { Header } from './message.ts'

export function newHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'clvlab',
    version: PROTOCOL_VERSION,
    date: new Date().toISOString(),
  }
}
