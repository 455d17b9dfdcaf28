/**
 * Marks in colours that readers with any one kind of cone missing can tell apart, and that stand out at 3:1 or more (WCAG 1.4.11) from a white
 * and from a dark page alike, so that one drawing serves both. Found by search under these conditions; a test holds them to it.
 */
export const COLOURS = {
  main: '#3b82c4',
  second: '#d9772b',
  third: '#9438e0',
  fourth: '#96532b',
  fifth: '#a88f72',
  quiet: '#7d8590',
} as const

/** For several models in one chart, in order. */
export const SERIES: readonly string[] = [
  COLOURS.main,
  COLOURS.second,
  COLOURS.third,
  COLOURS.fourth,
  COLOURS.fifth,
  COLOURS.quiet,
]

/** From little to much, on cells that hold a number: even steps of lightness, whatever the page behind them. */
export const SCALE = {
  range: ['#dceaf7', '#0a4687'],
  interpolate: 'lab',
  onLight: '#000000',
  onDark: '#ffffff',
  turn: 0.66,
} as const

/** How a chart is coloured: by the text colour of the page around it, or as a picture on white. */
export type Scheme = 'page' | 'picture'

/** Behind a drawing: nothing on a page, white in a picture, since a picture is shown on pages of any colour. */
export const backgroundOf = (scheme: Scheme): string => (scheme === 'page' ? 'transparent' : '#ffffff')

/**
 * The vega config of a scheme. Specifications leave text and axis colours unset, so that a front end's theme can set them; on a page of
 * ours they take `currentColor`, so that contrast is the page's own in light, dark and print, and on a picture's white they are near black.
 */
export function config(scheme: Scheme): Record<string, unknown> {
  const ink = scheme === 'page' ? 'currentColor' : '#24292f'
  const soft = scheme === 'page' ? 0.8 : 0.85
  return {
    font: 'Inter',
    axis: {
      labelColor: ink,
      titleColor: ink,
      tickColor: ink,
      domainColor: ink,
      gridColor: ink,
      gridOpacity: 0.12,
      domainOpacity: 0.4,
      tickOpacity: 0.4,
      labelOpacity: soft,
      titleOpacity: soft,
      titleFontWeight: 400,
      labelFontSize: 11,
      titleFontSize: 11,
      titlePadding: 8,
      labelPadding: 4,
    },
    legend: {
      labelColor: ink,
      titleColor: ink,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 400,
      labelLimit: 420,
      rowPadding: 3,
    },
    header: { labelColor: ink, titleColor: ink },
    title: { color: ink, subtitleColor: ink, anchor: 'start', fontSize: 13 },
    style: { 'guide-label': { fill: ink, fontSize: 11 } },
    text: { color: ink, fontSize: 11 },
    rule: { color: ink },
    view: { stroke: null },
  }
}
