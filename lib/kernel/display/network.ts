import { renderTable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

/** What a network of layers says of itself, whichever copy of the library made it. */
interface NetworkLike {
  readonly columns: number
  readonly time?: number
  readonly targets: number
  readonly layers: readonly { readonly kind: string }[]
  readonly start: (seed: unknown) => Readonly<Record<string, { readonly length: number }>>
}

/** A network's layers in their order, with how many weights each has. Undefined for anything else. */
export function networkBundle(value: unknown): Promise<MimeBundle> | undefined {
  return isNetwork(value) ? bundleOf(value) : undefined
}

async function bundleOf({ columns, time, targets, layers, start }: NetworkLike): Promise<MimeBundle> {
  const { Seed } = await import('../../numeric/index.ts')
  const weights = Object.entries(start(Seed.of(0)))
  const counts = layers.map(({ kind }, i) =>
    weights.filter(([name]) => name.startsWith(`${kind}-${i}/`)).reduce((sum, [, { length }]) => sum + length, 0),
  )
  const total = counts.reduce((sum, count) => sum + count, 0)
  const into = `${time === undefined ? '' : `${time} steps of `}${columns} ${columns === 1 ? 'column' : 'columns'}`
  const head = `Network of ${into} to ${targets}: ${layers.length} layers, ${total.toLocaleString('en')} weights`
  const shown: Readonly<Record<string, readonly string[] | Float64Array>> = {
    layer: layers.map(({ kind }) => kind),
    weights: Float64Array.from(counts),
  }
  const { data } = renderTable(Object.keys(shown), name => shown[name] ?? [], layers.length)
  return {
    data: { 'text/plain': `${head}\n${String(data['text/plain'])}`, 'text/html': `<p>${head}</p>${String(data['text/html'])}` },
  }
}

function isNetwork(value: unknown): value is NetworkLike {
  if (typeof value !== 'object' || value === null) return false
  const network = value as Partial<NetworkLike>
  return (
    typeof network.columns === 'number' &&
    typeof network.targets === 'number' &&
    typeof network.start === 'function' &&
    Array.isArray(network.layers) &&
    network.layers.every(layer => typeof (layer as { kind?: unknown }).kind === 'string')
  )
}
