/**
 * Work to be awaited piece by piece: with room for one each piece begins when it is asked for, with room for more all are handed over at once (who
 * works decides how many go on together). An error shows when its own piece is awaited.
 */
export function inTurn<T>(room: number, pieces: readonly (() => Promise<T>)[]): readonly (() => Promise<T>)[] {
  if (room === 1) return pieces
  const begun = pieces.map(piece => piece())
  for (const each of begun) each.catch(() => {})
  return begun.map(each => async () => await each)
}
