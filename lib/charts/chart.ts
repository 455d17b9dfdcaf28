import { ReportError } from '../errors/index.ts'
import { DISPLAY, type Displayable, type MimeBundle } from '../schema/index.ts'
import { drawing } from './drawing.ts'

/** The part of a vega-lite specification that a chart gives: data inline, no colours of text or axes. */
export type Spec = Readonly<Record<string, unknown>>

export interface ChartParts {
  /** Says the finding, not the kind of chart. */
  readonly title: string
  /** How to read it. */
  readonly caption: string
  /** What it shows, for those who cannot see it. */
  readonly alt: string
  readonly spec: Spec
  /** Of the plot, in pixels, axes not counted. */
  readonly height?: number
}

/** Of the whole drawing, axes and labels counted, so that text has one size in all charts of a page. */
export const WIDTH = 640
/** Characters of JSON: a chart is read by people, so its data are aggregated before they are drawn. */
const LARGEST = 200_000

/**
 * A chart with its words. In a notebook it goes out as vega-lite, as a picture and as text, so that every viewer has one.
 * Errors: `ReportError` without words, or with more data than a page should carry.
 */
export class Chart implements Displayable {
  readonly title: string
  readonly caption: string
  readonly alt: string
  /** A whole vega-lite 5 specification. */
  readonly spec: Spec

  constructor({ title, caption, alt, spec, height = 260 }: ChartParts) {
    if (title === '' || alt === '')
      throw new ReportError({
        code: 'chart-without-words',
        what: 'a chart needs a title and an alternative text',
        remedy: 'give both',
      })
    this.title = title
    this.caption = caption
    this.alt = alt
    this.spec = {
      $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
      description: alt,
      width: WIDTH,
      height,
      autosize: { type: 'fit-x', contains: 'padding' },
      background: 'transparent',
      ...spec,
    }
    const size = JSON.stringify(this.spec).length
    if (size > LARGEST)
      throw new ReportError({
        code: 'chart-too-large',
        what: `the chart "${title}" carries ${size} characters of data; ${LARGEST} is the limit`,
        remedy: 'aggregate or sample before drawing',
      })
  }

  /** The drawing without scripts, its text in the colour of the page around it. */
  async svg(): Promise<string> {
    const { drawSvg } = await drawing()
    return await drawSvg(this.spec, 'page', { title: this.title, alt: this.alt })
  }

  async [DISPLAY](): Promise<MimeBundle> {
    const { png, width, height } = await (await drawing()).drawPng(this.spec)
    const { title, caption, alt } = this
    return {
      data: { 'application/vnd.vegalite.v5+json': this.spec, 'image/png': png, 'text/plain': `${title}. ${alt}` },
      metadata: { 'image/png': { width, height, alt }, clvlab: { title, caption, alt } },
    }
  }
}
