import { describeUse, type DeviceUse, type Program } from '../../engine/index.ts'
import type { Weights } from '../../nn/index.ts'
import { decode, widthOf, type Codec } from './codec.ts'
import { ganSampler } from './gan-networks.ts'
import type { GanSettings } from './gan-settings.ts'
import { make } from './latent.ts'
import { savedGenerative } from './saved.ts'
import type { FittedSynthesiser } from './synthesiser.ts'

export interface GanLosses {
  readonly discriminator: number
  readonly generator: number
}

/** All that a fitted network is; the discriminator's weights are kept, though only the generator makes customers. */
export interface GanState {
  readonly name: string
  readonly settings: GanSettings
  readonly codec: Codec
  readonly weights: Weights
  /** What it was trained on, where a device was asked for. */
  readonly device?: DeviceUse
  readonly history: readonly GanLosses[]
}

export interface FittedGan extends FittedSynthesiser {
  /** What makes customers, to go out as it is (`toOnnx`): its draws become inputs, its output is the codec's columns. */
  readonly maker: { readonly program: Program; readonly weights: Weights }
  readonly history: readonly (GanLosses & Readonly<Record<string, number>>)[]
}

export function fittedGan(state: GanState): FittedGan {
  const { name, settings, codec, weights, history, device } = state
  const width = widthOf(codec)
  const maker = { program: ganSampler(width, settings), weights }
  return {
    model: name,
    maker,
    history: history.map(each => ({ ...each })),
    ...(device === undefined ? {} : { device }),
    parameters: {
      columns: width,
      latent: settings.latent,
      generator: settings.generator.join('-'),
      discriminator: settings.discriminator.join('-'),
      epochs: history.length,
      'discriminator loss': history.at(-1)?.discriminator ?? NaN,
      'generator loss': history.at(-1)?.generator ?? NaN,
      ...(device === undefined ? {} : { device: describeUse(device) }),
    },
    sample: async (count, seed, on) => decode(await make(maker.program, weights, count, seed, on), codec),
    save: () => savedGenerative(name, { settings, codec, history, ...(device === undefined ? {} : { device }) }, weights),
  }
}
