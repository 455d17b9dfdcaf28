/**
 * Says the parts that a customer is made of, one by one, within the bounds that those before leave: reads them off a known customer, or chooses them.
 * What comes back obeys the bounds either way, so one description of a customer serves both directions.
 */
export interface Coder {
  /** A number as it is; what it may be is for the coder to know. */
  any(part: string, value: number): number
  /** A whole number from `low` to `high`, both included. */
  whole(part: string, low: number, high: number, value: number): number
  /** A number from `low` to `high`. */
  within(part: string, low: number, high: number, value: number): number
  /** What `count` of `among` like things have of their sum `total`, from `low` to `high`: an even share is the middle. */
  portion(part: string, share: Share, value: number): number
}

export interface Share {
  readonly total: number
  readonly count: number
  readonly among: number
  readonly low: number
  readonly high: number
}

/** Parts by name: what `any` was told, and for the others a number from 0 to 1 that says where between their bounds they lie. */
export type Parts = ReadonlyMap<string, Float64Array>

/** Notes the parts of known customers. */
export interface Recorder extends Coder {
  /** The customer that is read from now on. */
  row: number
  readonly parts: Parts
  /** Parts that had a choice in any customer: the others say nothing. */
  readonly free: ReadonlySet<string>
}

/** `spread` tells where in its room, from 0 to 1, a part lies that its bounds leave open: 0.5, or random so that no heap forms. */
export function recorder(rows: number, spread: () => number): Recorder {
  const parts = new Map<string, Float64Array>()
  const free = new Set<string>()
  const note = (part: string, choice: boolean, place: number): void => {
    let column = parts.get(part)
    if (column === undefined) parts.set(part, (column = new Float64Array(rows)))
    column[self.row] = place
    if (choice) free.add(part)
  }
  const self: Recorder = {
    row: 0,
    parts,
    free,
    any: (part, value) => {
      note(part, true, value)
      return value
    },
    whole: (part, low, high, value) => {
      const own = held(Math.round(value), low, high)
      note(part, high > low, (own - low + spread()) / (high - low + 1))
      return own
    },
    within: (part, low, high, value) => {
      const own = held(value, low, high)
      note(part, high > low, high > low ? (own - low) / (high - low) : spread())
      return own
    },
    portion: (part, { total, count, among, low, high }, value) => {
      const own = held(value, low, high)
      const [mine, theirs] = [own * (among - count), (total - own) * count]
      note(part, high > low, high > low ? mine / (mine + theirs) : spread())
      return own
    },
  }
  return self
}

/** Makes customers from parts; `row` says which. */
export function player(parts: Parts): Coder & { row: number } {
  const placeOf = (part: string): number => parts.get(part)?.[self.row] ?? 0.5
  const self: Coder & { row: number } = {
    row: 0,
    any: placeOf,
    whole: (part, low, high) => held(low + Math.floor(placeOf(part) * (high - low + 1)), low, high),
    within: (part, low, high) => held(low + placeOf(part) * (high - low), low, high),
    portion: (part, { total, count, among, low, high }) => {
      const place = placeOf(part)
      const [mine, theirs] = [place * count, (1 - place) * (among - count)]
      return held((total * mine) / (mine + theirs), low, high)
    },
  }
  return self
}

/** A value within its bounds; the lower one for what is no number. */
const held = (value: number, low: number, high: number): number => (value >= low ? Math.min(value, high) : low)
