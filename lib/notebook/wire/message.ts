/** A message of the Jupyter protocol, version 5.4, in its parsed form. */
export interface Message {
  /** Routing prefix of the ZeroMQ socket, as it came; empty outside router sockets. */
  readonly identities: readonly Uint8Array[]
  readonly header: Header
  readonly parent: Header | Record<string, never>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly content: Readonly<Record<string, unknown>>
}

export interface Header {
  readonly msg_id: string
  readonly msg_type: string
  readonly session: string
  readonly username: string
  readonly version: string
  readonly date: string
}

/** What a connection file holds. */
export interface Connection {
  readonly ip: string
  readonly transport: string
  readonly signature_scheme: string
  readonly key: string
  readonly shell_port: number
  readonly control_port: number
  readonly iopub_port: number
  readonly stdin_port: number
  readonly hb_port: number
}

export type Channel = 'shell' | 'control' | 'iopub' | 'stdin' | 'hb'

export const PROTOCOL_VERSION = '5.4'

export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`]
  return connection.transport === 'ipc' ? `ipc://${connection.ip}-${port}` : `tcp://${connection.ip}:${port}`
}
