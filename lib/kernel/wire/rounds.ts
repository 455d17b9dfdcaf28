import type { Outgoing } from './letters.ts'

/**
 * Letters on their way out, and the rounds into which failures divide what comes in. A request that arrives before anybody is told of a
 * failure was sent without knowing of it and is of the same round as the cell that failed: so what is still on its way is let in
 * before the letters that tell go out.
 */
export class Rounds {
  /** How many failures have been told. */
  current = 0
  #held: Outgoing[] | undefined
  readonly #deliver: (letter: Outgoing) => void
  readonly #arrived: () => Promise<void>

  /** @param arrived settles when what was sent until now has arrived */
  constructor(deliver: (letter: Outgoing) => void, arrived: () => Promise<void> = onItsWay) {
    this.#deliver = deliver
    this.#arrived = arrived
  }

  /** Sends a letter, or keeps it until those before it have gone. */
  send(letter: Outgoing): void {
    if (this.#held !== undefined) this.#held.push(letter)
    else if (letter.type === 'failed') void this.#tell()
    else this.#deliver(letter)
  }

  async #tell(): Promise<void> {
    const letters: Outgoing[] = []
    this.#held = letters
    await this.#arrived()
    this.current += 1
    this.#held = undefined
    // Another failure among them holds the rest anew.
    for (const letter of letters) this.send(letter)
  }
}

/** How long a message may take from one process of this machine to another, in milliseconds. */
const ARRIVING = 5

async function onItsWay(): Promise<void> {
  await turn() // a timer set behind long work would count from that work's beginning
  await new Promise(resolve => setTimeout(resolve, ARRIVING))
  await turn()
}

/** Settles when the sockets have been looked at once more. */
async function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
