/**
 * From a record's place in a text file to the line it begins on. The two differ where lines are blank or where a quoted
 * field holds line breaks; only those places are kept.
 */
export class LineMap {
  /** Each entry moves all records after that one a line further down; ascending. */
  private readonly after: number[] = []

  /** Notes a line that begins no record, met after record `place` began (0: before the first). */
  shiftAfter(place: number): void {
    this.after.push(place)
  }

  /** The line (from 1) on which record `place` (from 1, the header counted) begins. */
  lineOf(place: number): number {
    let [low, high] = [0, this.after.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.after[middle] as number) < place) low = middle + 1
      else high = middle
    }
    return place + low
  }
}
