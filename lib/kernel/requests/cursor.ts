/** The protocol counts code points, JavaScript UTF-16 units; an emoji is one of the former and two of the latter. */
export function toUnits(text: string, points: number): number {
  return Array.from(text).slice(0, points).join('').length
}

export function toPoints(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length
}
