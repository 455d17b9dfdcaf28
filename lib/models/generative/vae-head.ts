import { FormatError } from '../../errors/index.ts'
import type { CoreRow } from '../../features/index.ts'
import { Table } from '../../schema/index.ts'
import type { FittedModel, Model, SavedModel } from '../model.ts'
import { ARTICLE, fitDnn, restoreDnn, splitCustomers, type DnnSettings } from '../neural/index.ts'
import { requireVersion } from '../saved-state.ts'
import { usedBy } from '../trained-on.ts'
import type { FittedVae } from './fitted-vae.ts'
import { restoreVae } from './restore.ts'
import { vae } from './vae.ts'

const NAME = 'vae-head'
const VERSION = 1

/** One hidden layer, for the autoencoder has done the rest. */
const HEAD: DnnSettings = { ...ARTICLE, units: [64], dropout: 0 }

/**
 * A network's head on where customers lie in the latent space of a `vae` that learnt their features alone, without any outcome, from the training
 * window's 80% that fit.
 */
export const vaeHead: Model & { readonly restore: (saved: SavedModel) => FittedModel } = {
  name: NAME,
  title: 'Head on VAE latents',
  family: 'generative',
  fit: async (task, options) => {
    const { features } = task.training
    const seed = options.seed.child('head')
    const { fit } = splitCustomers(features.length, HEAD.validation, seed.child('split'))
    const { signal, device, checkpoints } = options
    const latent = await vae.fit(
      { ...task.training, features: features.take(fit) },
      {
        seed: options.seed.child('latent'),
        outcome: false,
        ...(signal === undefined ? {} : { signal }),
        ...(device === undefined ? {} : { device }),
        ...(checkpoints === undefined ? {} : { checkpoints }),
      },
    )
    const inside = {
      ...task,
      customers: placed(task.customers, latent),
      training: { ...task.training, features: placed(features, latent) },
    }
    return fitted(latent, await fitDnn(NAME, HEAD, inside, { ...options, seed }))
  },
  restore: saved => {
    requireVersion(saved, NAME, VERSION)
    const { latent, head } = saved.state as { readonly latent?: SavedModel; readonly head?: SavedModel }
    if (latent === undefined || head === undefined)
      throw new FormatError({
        code: 'damaged-model',
        what: `the saved "${NAME}" cannot be restored: its state is not that of a head on latents`,
        remedy: 'fit and save the model again',
      })
    return fitted(
      restoreVae({ ...latent, arrays: part(saved, 'latent/') }),
      restoreDnn({ ...head, arrays: part(saved, 'head/') }),
    )
  },
}

function fitted(latent: FittedVae, head: FittedModel): FittedModel {
  return {
    model: NAME,
    ...usedBy([latent.device, head.device]),
    parameters: {
      ...head.parameters,
      'latent columns': Number(latent.parameters['latent']),
      'autoencoder loss': Number(latent.parameters['loss']),
    },
    predict: (customers, horizon) => head.predict(placed(customers, latent), horizon),
    save: () => {
      const [{ arrays: one = {}, ...first }, { arrays: two = {}, ...second }] = [latent.save(), head.save()]
      const named = (prefix: string, arrays: NonNullable<SavedModel['arrays']>) =>
        Object.entries(arrays).map(([name, values]) => [`${prefix}${name}`, values] as const)
      return {
        model: NAME,
        version: VERSION,
        state: { latent: first, head: second },
        arrays: Object.fromEntries([...named('latent/', one), ...named('head/', two)]),
      }
    },
  }
}

/** Customers by their place in the latent space alone. */
function placed(customers: Table<CoreRow>, latent: FittedVae): Table<CoreRow> {
  customers.requireWhen('observed', NAME)
  const z = latent.encode(customers)
  const columns = z.length / Math.max(1, customers.length)
  const place = Array.from(
    { length: columns },
    (_, c) => [`z${c + 1}`, Float64Array.from({ length: customers.length }, (__, r) => z[r * columns + c] as number)] as const,
  )
  return Table.fromColumns(
    { customer_id: customers.column('customer_id'), history: customers.column('history'), ...Object.fromEntries(place) } as never,
    'observed',
  ) as unknown as Table<CoreRow>
}

function part({ arrays = {} }: SavedModel, prefix: string): NonNullable<SavedModel['arrays']> {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, values]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [])),
  )
}
