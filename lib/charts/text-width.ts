/** Advance widths of the bundled Inter, in hundredths of an em rounded up, by the characters that share one. */
const WIDTHS: readonly (readonly [number, string])[] = [
  [25, 'ijl'],
  [28, "I !,.:;'"],
  [34, '`t|'],
  [38, '()/[\\]fr'],
  [42, '1{}'],
  [48, '"-_^'],
  [52, '*?s–'],
  [56, 'kx7Lavyz'],
  [60, 'Jce5EFhnou'],
  [64, '23689Zbdgpq#$&04PRST£'],
  [68, '+<=>B~KXY€−×'],
  [72, 'AVD'],
  [77, 'CGHUNOQ'],
  [82, 'w'],
  [90, 'mM'],
  [98, '@%'],
  [100, 'W'],
]
const WIDTH = new Map(WIDTHS.flatMap(([width, characters]) => Array.from(characters, character => [character, width] as const)))

/**
 * The width of a line of text in pixels, near enough to leave room for it. Without a canvas vega takes 0.8 em for every character,
 * which cuts labels that would fit; with one it would measure whatever font the machine has, and layouts would differ.
 */
export function textWidth(text: string, fontSize: number): number {
  let hundredths = 0
  for (const character of text) hundredths += WIDTH.get(character) ?? 70
  return (hundredths * fontSize) / 100
}
