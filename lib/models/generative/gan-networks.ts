import { add, compile, input, meanAll, negate, softplus, type Node, type Program } from '../../engine/index.ts'
import { adam } from '../../nn/index.ts'
import { Blueprint } from './blueprint.ts'
import { drawn, maker, noise, sdOf } from './latent.ts'
import type { GanSettings } from './gan-settings.ts'

/** G(z) = μ(z) + σ(z) ⊙ ε; three streams of random numbers from `stream` on. */
function generated(blueprint: Blueprint, { latent, generator }: GanSettings, width: number, stream: number): Node {
  const hidden = blueprint.hidden(noise(latent, stream), 'generator', generator)
  return drawn(
    { mean: blueprint.dense(hidden, 'generator-mean', width), sd: sdOf(blueprint.dense(hidden, 'generator-sd', width)) },
    stream + 1,
  )
}

/** The logit of "this customer is real", by row. */
function judged(blueprint: Blueprint, x: Node, { discriminator }: GanSettings): Node {
  return blueprint.dense(blueprint.hidden(x, 'discriminator', discriminator), 'discriminator-logit', 1)
}

/**
 * The program that trains, on its input `x` (rows, width): at each batch first the discriminator, L_D = -E log D(x) - E log(1 - D(G(z))), then the
 * generator, L_G = -E log D(G(z)) (Goodfellow et al. 2014, algorithm 1, with the loss of the end of their section 3). With D = sigmoid(l),
 * -log D is softplus(-l) and -log(1 - D) is softplus(l).
 */
export function ganTraining(
  width: number,
  settings: GanSettings,
): { readonly program: Program; readonly start: Blueprint['start'] } {
  const blueprint = new Blueprint()
  const real = judged(blueprint, input('x', width), settings)
  const faked = judged(blueprint, generated(blueprint, settings, width, 0), settings)
  const fooling = judged(blueprint, generated(blueprint, settings, width, 2), settings)
  const rule = adam({ rate: settings.rate, beta1: settings.beta1 })
  const program = compile({
    batch: settings.batch,
    training: [
      { loss: add(meanAll(softplus(negate(real))), meanAll(softplus(faked))), rule, only: blueprint.names('discriminator') },
      { loss: meanAll(softplus(negate(fooling))), rule, only: blueprint.names('generator') },
    ],
  })
  return { program, start: seed => blueprint.start(seed) }
}

/** Output `made`: customers from noise. */
export function ganSampler(width: number, settings: GanSettings): Program {
  return maker(generated(new Blueprint(), settings, width, 4))
}
