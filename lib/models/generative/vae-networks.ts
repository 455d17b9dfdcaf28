import {
  add,
  compile,
  divide,
  input,
  log,
  meanAll,
  multiply,
  square,
  subtract,
  sum,
  type Node,
  type Program,
} from '../../engine/index.ts'
import { adam, gaussianKl } from '../../nn/index.ts'
import { Blueprint } from './blueprint.ts'
import { drawn, maker, noise, sdOf, type Said } from './latent.ts'
import type { VaeSettings } from './vae-settings.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

/** Mean and standard deviation of z, by row of x. */
function encoder(blueprint: Blueprint, x: Node, { units, latent }: VaeSettings): Said {
  const hidden = blueprint.hidden(x, 'encoder', units)
  return { mean: blueprint.dense(hidden, 'encoder-mean', latent), sd: sdOf(blueprint.dense(hidden, 'encoder-sd', latent)) }
}

/** Mean and standard deviation of x, by row of z. */
function decoder(blueprint: Blueprint, z: Node, { units }: VaeSettings, width: number): Said {
  const hidden = blueprint.hidden(z, 'decoder', units.toReversed())
  return { mean: blueprint.dense(hidden, 'decoder-mean', width), sd: sdOf(blueprint.dense(hidden, 'decoder-sd', width)) }
}

/** -log N(x; mean, sd²), summed over the columns of each row: (batch, 1). */
function surprise(x: Node, { mean, sd }: Said): Node {
  return sum(add(add(multiply(square(divide(subtract(x, mean), sd)), 0.5), log(sd)), HALF_LOG_TWO_PI), 1)
}

/** The program that trains, on its input `x` (rows, width), and first weights for it. */
export function vaeTraining(
  width: number,
  settings: VaeSettings,
): { readonly program: Program; readonly start: Blueprint['start'] } {
  const blueprint = new Blueprint()
  const x = input('x', width)
  const z = encoder(blueprint, x, settings)
  const loss = add(
    meanAll(surprise(x, decoder(blueprint, drawn(z, 0), settings, width))),
    multiply(meanAll(gaussianKl(z)), settings.divergence),
  )
  return {
    program: compile({ batch: settings.batch, training: { loss, rule: adam({ rate: settings.rate }) } }),
    start: seed => blueprint.start(seed),
  }
}

/** Output `made`: x from z, z from the prior. */
export function vaeSampler(width: number, settings: VaeSettings): Program {
  return maker(drawn(decoder(new Blueprint(), noise(settings.latent, 1), settings, width), 2))
}

/** Input `x`; output `z`, its mean. */
export function vaeEncoder(width: number, settings: VaeSettings): Program {
  return compile({ batch: 512, outputs: { z: encoder(new Blueprint(), input('x', width), settings).mean } })
}
