import type { Connection, Message } from '../../notebook/wire/index.ts'

/** From the wire's thread to the kernel's. */
export type Incoming =
  | {
      readonly type: 'request'
      readonly channel: 'shell' | 'control'
      readonly message: Message
      readonly received: number
      /** How many failures had been told when it arrived. */
      readonly round: number
    }
  | { readonly type: 'input'; readonly message: Message }
  | { readonly type: 'interrupt' }
  | { readonly type: 'shutdown' }
  | { readonly type: 'ready' }
  | { readonly type: 'closed' }

/** From the kernel's thread to the wire's. */
export type Outgoing =
  | { readonly type: 'send'; readonly channel: 'shell' | 'control' | 'iopub' | 'stdin'; readonly message: Message }
  /** The letters behind this one tell of a cell's failure. */
  | { readonly type: 'failed' }
  | { readonly type: 'heard' }
  | { readonly type: 'close' }

export interface WireData {
  readonly connection: Connection
  readonly session: string
  /** The answer to `kernel_info_request`, which needs nobody else. */
  readonly info: Readonly<Record<string, unknown>>
  /** Shared: above 0 while the main thread does work that must not be stopped half-way. */
  readonly guarded: Int32Array
}
