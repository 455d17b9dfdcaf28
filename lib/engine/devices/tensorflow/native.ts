import path from 'node:path'
import { inChild } from '../in-child.ts'
import { namedFolder, resolves, userCache } from '../packages.ts'

/** A native TensorFlow for Node that is installed: where it is loaded from. */
export interface NativePackage {
  readonly name: '@tensorflow/tfjs-node-gpu' | '@tensorflow/tfjs-node'
  /** A file of the folder whose node_modules holds it. */
  readonly from: string
}

/** What a native TensorFlow said of itself in a process of its own. */
export type Probe =
  | { readonly works: true; readonly version: string; readonly gpu: boolean }
  | { readonly works: false; readonly why: string }

const NAMES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const

/** Where `clvlab doctor --install tensorflow` builds, outside of any node_modules; `CLVLAB_TENSORFLOW` names another place. */
export function tensorFlowFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return namedFolder('CLVLAB_TENSORFLOW', env) ?? path.join(userCache(env), 'tensorflow')
}

/** The native packages that are there, the one for graphics cards first: beside the library, then in the folder of our own. */
export function nativePackages(): readonly NativePackage[] {
  const places = [import.meta.filename, path.join(tensorFlowFolder(), 'package.json')]
  return NAMES.flatMap(name => places.filter(from => resolves(name, from)).map(from => ({ name, from })))
}

const probed = new Map<string, Probe>()

/** Loads it and multiplies once, in a process of its own: a broken native library may end the process that loads it. Asked once of each place. */
export function probe({ name, from }: NativePackage): Probe {
  const key = `${name} ${from}`
  const known = probed.get(key)
  if (known !== undefined) return known
  const answer = ask({ name, from })
  if (answer.works) probed.set(key, answer)
  return answer
}

function ask({ name, from }: NativePackage): Probe {
  const answer = inChild<{ readonly right: boolean; readonly version: string; readonly gpu: boolean }>(
    `
    import util from 'node:util'
    import { createRequire } from 'node:module'
    util.isNullOrUndefined ??= v => v == null; util.isArray ??= Array.isArray
    const tf = createRequire(${JSON.stringify(from)})(${JSON.stringify(name)})
    const right = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] === 11
    say({ right, version: tf.backend().binding.TF_Version, gpu: tf.backend().isUsingGpuDevice === true })`,
    { TF_CPP_MIN_LOG_LEVEL: '2' },
  )
  if ('why' in answer) return { works: false, why: answer.why }
  const { right, version, gpu } = answer.said
  return right ? { works: true, version, gpu } : { works: false, why: 'it multiplied wrongly' }
}
