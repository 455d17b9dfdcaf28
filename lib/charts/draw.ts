import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import * as vega from 'vega'
import * as vegaLite from 'vega-lite'
import { ReportError } from '../errors/index.ts'
import { WIDTH, type Spec } from './chart.ts'
import { slimSvg } from './slim-svg.ts'
import { textWidth } from './text-width.ts'
import { backgroundOf, config, type Scheme } from './theme.ts'
import { EMBEDDED, withoutLinks } from './without-links.ts'

export interface Words {
  readonly title: string
  readonly alt: string
}

/** The vega specification that a vega-lite one stands for, under a scheme. */
export function compileSpec(spec: Spec, scheme: Scheme): Record<string, unknown> {
  const coloured = { ...withoutLinks(spec), background: backgroundOf(scheme), config: config(scheme) }
  return vegaLite.compile(coloured as never, { logger: silent() as never }).spec as never
}

/**
 * A drawing as SVG that scales to its place and says what it is; one that is narrower than the page's own charts keeps its size beside them, and so its words
 * have theirs. The same specification gives the same text.
 */
export async function drawSvg(spec: Spec, scheme: Scheme, words: Words): Promise<string> {
  const svg = slimSvg(await draw(spec, scheme))
  const id = words.alt.length.toString(36) + checksum(words.title + words.alt)
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const numbers = new Map<string, number>()
  return svg
    .replaceAll(/ font-(?:family="Inter"|size="11px"|weight="400")/g, '')
    .replaceAll(/\b(?:clip|gradient_)\d+\b/g, name => `c${id}-${numbers.get(name) ?? numbers.set(name, numbers.size).size - 1}`)
    .replace(/<svg ([^>]*?)width="[\d.]+" height="[\d.]+"/, '<svg $1')
    .replace(
      /viewBox="0 0 ([\d.]+) ([\d.]+)"/,
      (_, width: string, height: string) => `viewBox="0 0 ${Math.max(WIDTH, Number(width))} ${height}"`,
    )
    .replace(
      /<svg ([^>]*)>/,
      (_, attributes: string) =>
        `<svg role="img" aria-labelledby="t${id} d${id}" font-family="Inter" font-size="11px" font-weight="400" ${attributes}><title id="t${id}">${escape(words.title)}</title><desc id="d${id}">${escape(words.alt)}</desc>`,
    )
}

/** A picture on white at double scale, base64, with the size it is to be shown at. Bundled fonts: the same pixels everywhere. */
export async function drawPng(spec: Spec): Promise<{ readonly png: string; readonly width: number; readonly height: number }> {
  const svg = await draw(spec, 'picture')
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' },
  }).render()
  return { png: image.asPng().toString('base64'), width: Math.round(image.width / 2), height: Math.round(image.height / 2) }
}

/**
 * A chart carries its data: drawing one asks neither the disk nor the network for anything, whoever wrote its specification. What it asked for first is
 * kept, since vega draws on without it.
 */
class Nothing {
  readonly options = {}
  asked: string | undefined

  readonly load = async (uri: unknown): Promise<never> => {
    this.asked ??= typeof uri === 'string' ? uri : JSON.stringify(uri)
    return await Promise.reject(new Error('not loaded'))
  }

  readonly sanitize = async (uri: unknown): Promise<{ readonly href: string }> =>
    await Promise.resolve({ href: typeof uri === 'string' && EMBEDDED.test(uri) ? uri : '#' })
}

/** Text is laid out by the widths of the bundled font, whatever canvas or font the machine has: see `textWidth`. */
interface TextItem {
  readonly fontSize?: number
}
const { textMetrics: metrics } = vega as unknown as { readonly textMetrics: { width: (item: TextItem, text: unknown) => number } }

async function draw(spec: Spec, scheme: Scheme): Promise<string> {
  metrics.width = ({ fontSize = 11 }, text) =>
    text === undefined || text === null ? 0 : textWidth(String(text as string | number), fontSize)
  const loader = new Nothing()
  let view: vega.View | undefined
  try {
    view = new vega.View(vega.parse(compileSpec(spec, scheme) as never), {
      renderer: 'none',
      logger: silent() as never,
      loader: loader as never,
    })
    const svg = await view.toSVG()
    if (loader.asked === undefined) return svg
    throw new ReportError({
      code: 'foreign-data',
      what: 'the chart asks for data that it does not carry',
      where: loader.asked,
      remedy: 'put the data into the specification: data: { values: [...] }',
    })
  } catch (cause) {
    if (cause instanceof ReportError) throw cause
    throw new ReportError({
      code: 'undrawable',
      what: `the chart cannot be drawn: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'check its specification',
      cause,
    })
  } finally {
    view?.finalize()
  }
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url)
  return ['400Regular/Inter_400Regular.ttf', '700Bold/Inter_700Bold.ttf'].map(file => resolve(`@expo-google-fonts/inter/${file}`))
}

/** Vega's warnings speak of domains of empty data and the like; an error still throws. */
function silent(): object {
  const logger: Record<string, unknown> = {}
  for (const method of ['level', 'warn', 'info', 'debug']) logger[method] = () => logger
  logger['error'] = (...words: unknown[]): never => {
    throw new ReportError({
      code: 'undrawable',
      what: `the chart cannot be drawn: ${words.map(String).join(' ')}`,
      remedy: 'check its specification',
    })
  }
  return logger
}

/** FNV-1a, for identifiers that differ between charts of a page. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}
