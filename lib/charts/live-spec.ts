import type { Spec } from './chart.ts'

type Part = Readonly<Record<string, unknown>>

/** Turned only with a key held, so that a page still scrolls where a chart lies under the mouse; trackpads say Ctrl when two fingers pinch. */
const ZOOM = {
  select: {
    type: 'interval',
    zoom: 'wheel![event.ctrlKey]',
    translate: '[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!',
  },
  bind: 'scales',
} as const

/**
 * A chart that can be looked into: Ctrl with the wheel zooms, Shift with a drag moves, a double click goes back. A chart of which no axis is
 * continuous stays as it is.
 */
export function liveSpec(spec: Spec): Spec {
  const layers = (spec['layer'] as readonly Part[] | undefined) ?? [spec]
  const at = layers.findIndex(layer => turnable(layer).length > 0)
  if (at < 0 || 'params' in spec) return spec
  const turned = layers.map((layer, i) => {
    const clipped = { ...layer, mark: clippedMark(layer) }
    return i === at
      ? { ...clipped, params: [{ name: 'look', ...ZOOM, select: { ...ZOOM.select, encodings: turnable(layer) } }] }
      : clipped
  })
  return spec['layer'] === undefined ? (turned[0] as Spec) : { ...spec, layer: turned }
}

/** Its axes that run without steps, where its marks lie on both. */
function turnable(layer: Part): readonly ('x' | 'y')[] {
  const encoding = (layer['encoding'] ?? {}) as Readonly<Record<string, Part>>
  if (encoding['x']?.['field'] === undefined || encoding['y']?.['field'] === undefined) return []
  return (['x', 'y'] as const).filter(channel => ['quantitative', 'temporal'].includes(String(encoding[channel]?.['type'])))
}

/** Whether somebody has zoomed or moved: only then do marks lie where nothing should be drawn. */
const LOOKED = { expr: "length(data('look_store')) > 0" }

/**
 * What lies on both axes ends at their edge once the chart is looked into, and is whole until then, as in the static drawing; words, and marks that are placed by
 * hand, may stand beyond the edge, which has to be said.
 */
function clippedMark(layer: Part): unknown {
  const mark = (typeof layer['mark'] === 'string' ? { type: layer['mark'] } : layer['mark']) as Part
  const free = turnable(layer).length === 0 || mark['type'] === 'text' || 'x' in mark || 'y' in mark
  return { ...mark, clip: free ? false : LOOKED }
}
