/**
 * Marks in colours that colour-blind readers can tell apart (after Okabe and Ito 2008) and that stand out at 3:1 or more from white
 * and from a dark page alike, so that one drawing serves both.
 */
export const COLOURS = { main: '#3b82c4', second: '#d9772b', third: '#2b9d7f', fourth: '#9a6fc9', quiet: '#7d8590' } as const

/** For several models in one chart, in order. */
export const SERIES = [COLOURS.main, COLOURS.second, COLOURS.third, COLOURS.fourth, '#c4507e', COLOURS.quiet] as const

/** How a chart is coloured: by the text colour of the page around it, or as a picture on white. */
export type Scheme = 'page' | 'picture'

/** The vega config of a scheme. Specifications leave text and axis colours unset, so that a front end's theme can set them. */
export function config(scheme: Scheme): Record<string, unknown> {
  const ink = scheme === 'page' ? 'currentColor' : '#24292f'
  const soft = scheme === 'page' ? 0.75 : 0.8
  return {
    font: 'Inter',
    background: scheme === 'page' ? 'transparent' : 'white',
    axis: {
      labelColor: ink, titleColor: ink, tickColor: ink, domainColor: ink, gridColor: ink, gridOpacity: 0.12, domainOpacity: 0.4, tickOpacity: 0.4,
      labelOpacity: soft, titleOpacity: soft, titleFontWeight: 400, labelFontSize: 11, titleFontSize: 11, titlePadding: 8,
    },
    legend: { labelColor: ink, titleColor: ink, labelFontSize: 11, titleFontSize: 11, titleFontWeight: 400 },
    header: { labelColor: ink, titleColor: ink },
    title: { color: ink, subtitleColor: ink, anchor: 'start', fontSize: 13 },
    text: { color: ink, fontSize: 11 },
    rule: { color: ink },
    view: { stroke: null },
  }
}
