type Part = Readonly<Record<string, unknown>>
type Parts = Readonly<Record<string, Part>>

/** Stands before a key of a tooltip that is no label: `h` a value that needs none, `e` the end of the range whose start bears the label after it. */
export const NO_LABEL = '\u2060'
/** Channels that say something of a mark to its reader. */
const TOLD = ['x', 'y', 'color', 'fill', 'opacity', 'size', 'shape'] as const
type Channel = (typeof TOLD)[number]

/**
 * A chart whose marks, where they have tooltips by themselves, say what the axes call their values, ranges as such, and the interval of a row that has `low` and `high`.
 * A mark whose tooltip its author has written keeps it.
 *
 * @param interval what `low` and `high` are
 */
export function withTooltips(spec: Part, interval: string): Part {
  const parts = spec['layer'] as readonly Part[] | undefined
  for (const inner of ['hconcat', 'vconcat', 'concat'] as const)
    if (Array.isArray(spec[inner])) return { ...spec, [inner]: (spec[inner] as Part[]).map(each => withTooltips(each, interval)) }
  const titles = titlesOf([spec, ...(parts ?? [])])
  const told = (part: Part): Part => {
    const encoding = { ...(spec['encoding'] as Parts | undefined), ...(part['encoding'] as Parts | undefined) }
    const { values = [] } = (part['data'] ?? spec['data'] ?? {}) as { readonly values?: readonly Part[] }
    const entries =
      (part['mark'] as Part | undefined)?.['tooltip'] !== true || 'tooltip' in encoding
        ? []
        : entriesOf(encoding, values, titles, interval)
    return entries.length === 0 ? part : { ...part, encoding: { ...(part['encoding'] as Parts | undefined), tooltip: entries } }
  }
  return parts === undefined ? told(spec) : { ...spec, layer: parts.map(told) }
}

/** What is said of a mark, in the order of its channels. */
function entriesOf(
  encoding: Parts,
  rows: readonly Part[],
  titles: ReadonlyMap<Channel, string>,
  interval: string,
): readonly Part[] {
  const varied = (field: string): boolean => rows.some(row => row[field] !== rows[0]?.[field])
  const entries = new Map<string, Part>()
  for (const channel of TOLD) {
    const def = encoding[channel]
    const field = def?.['field']
    if (def === undefined || typeof field !== 'string' || entries.has(field)) continue
    const title = titles.get(channel)
    const plain = title === undefined && (def['type'] === 'nominal' || def['type'] === 'ordinal')
    const label = plain ? `${NO_LABEL}h${entries.size}` : (title ?? field)
    entries.set(field, entry(def, label))
    const end = encoding[`${channel}2`]?.['field']
    if (typeof end === 'string' && varied(end) && !entries.has(end))
      entries.set(end, entry({ ...def, field: end }, `${NO_LABEL}e${label}`))
  }
  const measured = encoding['y']?.['type'] === 'quantitative' ? encoding['y'] : encoding['x']
  if (typeof rows[0]?.['low'] === 'number' && typeof rows[0]['high'] === 'number') {
    entries.set('low', entry({ ...measured, field: 'low', type: 'quantitative' }, interval))
    entries.set('high', entry({ ...measured, field: 'high', type: 'quantitative' }, `${NO_LABEL}e${interval}`))
  }
  return [...entries.values()]
}

function entry(def: Part, title: string): Part {
  const { field, type, aggregate, bin } = def
  const format = (def['axis'] as Part | null | undefined)?.['format'] ?? (def['legend'] as Part | null | undefined)?.['format']
  const kept = { field, type, title, ...(aggregate === undefined ? {} : { aggregate }), ...(bin === undefined ? {} : { bin }) }
  if (type === 'temporal') {
    const utc = (def['scale'] as Part | null | undefined)?.['type'] === 'utc'
    return { ...kept, timeUnit: utc ? 'utcyearmonthdate' : 'yearmonthdate', format: '%Y-%m-%d' }
  }
  return type === 'quantitative' && bin === undefined ? { ...kept, format: precise(format) } : kept
}

/** A number as its axis writes it, with a digit more than a tick needs. */
const precise = (format: unknown): string => (typeof format === 'string' && format.includes('%') ? '.1~%' : ',.4~g')

/** What the axes and legends of a chart are called, whichever of its layers says it. */
function titlesOf(parts: readonly Part[]): ReadonlyMap<Channel, string> {
  const titles = new Map<Channel, string>()
  for (const { encoding } of parts) {
    for (const channel of TOLD) {
      const def = (encoding as Parts | undefined)?.[channel]
      const said = [def, def?.['axis'] as Part | undefined, def?.['legend'] as Part | undefined].map(each => each?.['title'])
      const title = said.find((each): each is string => typeof each === 'string' && each !== '')
      if (title !== undefined && !titles.has(channel)) titles.set(channel, title)
    }
  }
  return titles
}
