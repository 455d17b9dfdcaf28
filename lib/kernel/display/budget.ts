import type { MimeBundle } from '../../schema/display/index.ts'
import { cut, limitedBundle } from './limited.ts'

/** What all outputs of one cell may hold together, characters: beside what it prints, a notebook keeps less than 1 MB of it. */
const LIMIT = 900_000
const TEXT_LIMIT = 1000

/** What a cell has sent so far, in characters. */
export interface Sent {
  readonly printed: number
  shown: number
}

/** Keeps what one cell shows within bounds, however many outputs it has. What takes another's place counts in its stead. */
export class Budget {
  readonly #sizes = new WeakMap<Sent, Map<string, number>>()
  readonly #told = new WeakSet<Sent>()

  /**
   * The bundle as it may be sent: whole while there is room, then its text with a notice, then nothing but what takes another's place.
   *
   * @throws KernelError as `limitedBundle`
   */
  fit(sent: Sent, bundle: unknown, id?: string): Required<MimeBundle> | undefined {
    const sizes = this.#sizes.get(sent) ?? new Map<string, number>()
    this.#sizes.set(sent, sizes)
    const before = id === undefined ? 0 : (sizes.get(id) ?? 0)
    const take = (fits: Required<MimeBundle>): Required<MimeBundle> => {
      const size = JSON.stringify(fits).length
      if (id !== undefined) sizes.set(id, size)
      sent.shown += size - before
      return fits
    }
    const limited = limitedBundle(bundle)
    if (sent.printed + sent.shown - before + JSON.stringify(limited).length <= LIMIT) return take(limited)
    if (this.#told.has(sent) && before === 0) return undefined
    this.#told.add(sent)
    const { 'text/plain': plain } = limited.data
    const text = typeof plain === 'string' ? cut(plain, TEXT_LIMIT) : ''
    const notice = `[clvlab: this cell has shown more than ${LIMIT} characters; the rest is not shown]`
    return take({ data: { 'text/plain': text === '' ? notice : `${text}\n${notice}` }, metadata: {} })
  }
}
