import { add, compile, input, meanAll, multiply, sum, type Node, type Program } from '../../engine/index.ts'
import { adam, gaussianKl, gaussianSurprise } from '../../nn/index.ts'
import { Blueprint } from './blueprint.ts'
import { drawn, maker, noise, sdOf, type Said } from './latent.ts'
import type { VaeSettings } from './vae-settings.ts'

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

/** The program that trains, on its input `x` (rows, width), and first weights for it. */
export function vaeTraining(
  width: number,
  settings: VaeSettings,
): { readonly program: Program; readonly start: Blueprint['start'] } {
  const blueprint = new Blueprint()
  const x = input('x', width)
  const z = encoder(blueprint, x, settings)
  const loss = add(
    meanAll(sum(gaussianSurprise(x, decoder(blueprint, drawn(z, 0), settings, width)), 1)),
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
