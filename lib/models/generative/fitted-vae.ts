import { computeNow, describeUse, type DeviceUse, type Program } from '../../engine/index.ts'
import type { CoreRow } from '../../features/index.ts'
import type { Weights } from '../../nn/index.ts'
import type { Table } from '../../schema/index.ts'
import { decode, encodeFeatures, widthOf, type Codec } from './codec.ts'
import { make } from './latent.ts'
import { savedGenerative } from './saved.ts'
import type { FittedSynthesiser } from './synthesiser.ts'
import { vaeEncoder, vaeSampler } from './vae-networks.ts'
import type { VaeSettings } from './vae-settings.ts'

/** All that a fitted autoencoder is. */
export interface VaeState {
  readonly name: string
  readonly settings: VaeSettings
  readonly codec: Codec
  readonly weights: Weights
  /** What it was trained on, where a device was asked for. */
  readonly device?: DeviceUse
  readonly history: readonly { readonly loss: number }[]
}

export interface FittedVae extends FittedSynthesiser {
  /** What makes customers, to go out as it is (`toOnnx`): its draws become inputs, its output is the codec's columns. */
  readonly maker: { readonly program: Program; readonly weights: Weights }
  readonly history: readonly { readonly loss: number }[]
  /**
   * Where customers lie in the latent space: the mean of z, (customers, latent), row-major. Only of a model that learnt features alone. Errors:
   * `FitError` for one that learnt the outcome too, or customers without its features; `LeakageError`.
   */
  encode(customers: Table<CoreRow, 'observed'>): Float32Array
}

export function fittedVae(state: VaeState): FittedVae {
  const { name, settings, codec, weights, history, device } = state
  const width = widthOf(codec)
  const maker = { program: vaeSampler(width, settings), weights }
  return {
    model: name,
    maker,
    history,
    ...(device === undefined ? {} : { device }),
    parameters: {
      columns: width,
      latent: settings.latent,
      'hidden units': settings.units.join('-'),
      epochs: history.length,
      loss: history.at(-1)?.loss ?? NaN,
      ...(device === undefined ? {} : { device: describeUse(device) }),
    },
    sample: async (count, seed, on) => decode(await make(maker.program, weights, count, seed, on), codec),
    encode: customers => {
      const x = encodeFeatures(customers, codec)
      return customers.length === 0
        ? x
        : (computeNow(vaeEncoder(width, settings), weights, { rows: customers.length, inputs: { x } })['z'] as Float32Array)
    },
    save: () => savedGenerative(name, { settings, codec, history, ...(device === undefined ? {} : { device }) }, weights),
  }
}
