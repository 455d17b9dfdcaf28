import type { EventKind } from '../../schema/index.ts'

export interface SimulatedEvent {
  readonly customerId: string
  /** Seconds since 1970, UTC. */
  readonly seconds: number
  readonly kind: EventKind
  readonly cents: number
  /** Order within the customer, which breaks ties in time. */
  readonly sequence: number
  readonly orderId?: string
  readonly product?: string
  readonly category?: string
  readonly quantity?: number
  readonly rating?: number
  readonly text?: string
  readonly pages?: number
  readonly duration?: number
}

/** An order to come: its lines are drawn once all orders are known. */
export interface Order {
  readonly seconds: number
  readonly cents: number
}

/** What one customer does, written down in any order. */
export class CustomerLog {
  readonly id: string
  private readonly events: SimulatedEvent[] = []

  constructor(id: string) {
    this.id = id
  }

  add(seconds: number, kind: EventKind, cents: number, more: Partial<SimulatedEvent>): void {
    this.events.push({ customerId: this.id, seconds, kind, cents, sequence: this.events.length, ...more })
  }

  sorted(): readonly SimulatedEvent[] {
    return this.events.sort((a, b) => a.seconds - b.seconds || a.sequence - b.sequence)
  }
}
