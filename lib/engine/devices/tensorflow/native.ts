import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

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
  return env['CLVLAB_TENSORFLOW'] ?? path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'clvlab', 'tensorflow')
}

/** The native packages that are there, the one for graphics cards first: beside the library, then in the folder of our own. */
export function nativePackages(): readonly NativePackage[] {
  const places = [import.meta.filename, path.join(tensorFlowFolder(), 'package.json')]
  return NAMES.flatMap(name => places.filter(from => resolves(name, from)).map(from => ({ name, from })))
}

/** Loads it and multiplies once, in a process of its own: a broken native library may end the process that loads it. */
export function probe({ name, from }: NativePackage): Probe {
  const script = `
    const util = require('node:util'); util.isNullOrUndefined ??= v => v == null; util.isArray ??= Array.isArray
    const tf = require('node:module').createRequire(${JSON.stringify(from)})(${JSON.stringify(name)})
    const right = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] === 11
    console.log('clvlab:' + JSON.stringify({ right, version: tf.backend().binding.TF_Version, gpu: tf.backend().isUsingGpuDevice === true }))`
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', NODE_NO_WARNINGS: '1' },
  })
  const said = /^clvlab:(.*)$/m.exec(stdout ?? '')?.[1]
  if (status === 0 && said !== undefined) {
    const { right, version, gpu } = JSON.parse(said) as { right: boolean; version: string; gpu: boolean }
    return right ? { works: true, version, gpu } : { works: false, why: 'it multiplied wrongly' }
  }
  const why =
    /^(?:\w*Error: .*|.*cannot open shared object file.*)$/m.exec(stderr ?? '')?.[0] ??
    error?.message ??
    `it ended with ${signal ?? `exit code ${status}`}`
  return { works: false, why }
}

function resolves(name: string, from: string): boolean {
  try {
    if (from.endsWith('package.json') && !fs.existsSync(from)) return false
    createRequire(from).resolve(name)
    return true
  } catch {
    return false
  }
}
