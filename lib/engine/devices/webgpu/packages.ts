import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { inChild } from '../in-child.ts'
import { namedFolder, resolves, userCache } from '../packages.ts'

/** What WebGPU needs: Dawn for Node, and TensorFlow.js with its backend of that name. */
export const WEBGPU_PACKAGES = ['webgpu', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu'] as const

/** The card, or the software that stands in for one, that a program would run on. */
export interface Adapter {
  /** For people: `NVIDIA H100`, `SwiftShader driver 5.0.0`. */
  readonly title: string
  /** Computes on the processor: good for tests, slow for work. */
  readonly software: boolean
}

export type WebgpuProbe = { readonly works: true; readonly adapter: Adapter } | { readonly works: false; readonly why: string }

/** Where `clvlab doctor --install webgpu` puts the packages; `CLVLAB_WEBGPU` names another place. */
export function webgpuFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return namedFolder('CLVLAB_WEBGPU', env) ?? path.join(userCache(env), 'webgpu')
}

/** A file from which all the packages can be loaded: beside the library, else in the folder of our own. */
export function webgpuPlace(): string | undefined {
  const places = [import.meta.filename, path.join(webgpuFolder(), 'package.json')]
  return places.find(from => WEBGPU_PACKAGES.every(name => resolves(name, from)))
}

/** The address of Dawn, to import. */
export const dawnAt = (from: string): string => pathToFileURL(createRequire(from).resolve('webgpu')).href

const probed = new Map<string, WebgpuProbe>()

/** Asks for an adapter and multiplies once, in a process of its own: a graphics driver may end the process that loads it. */
export function probeWebgpu(from: string): WebgpuProbe {
  const known = probed.get(from)
  if (known !== undefined) return known
  const answer = inChild<{ readonly right?: boolean; readonly info?: AdapterInfo }>(`
    import { createRequire } from 'node:module'
    const { create, globals } = await import(${JSON.stringify(dawnAt(from))})
    Object.assign(globalThis, globals)
    const gpu = create([])
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter === null) say({})
    else {
      const require = createRequire(${JSON.stringify(from)})
      const tf = require('@tensorflow/tfjs-core')
      require('@tensorflow/tfjs-backend-webgpu')
      if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js cannot start its backend')
      const right = (await tf.matMul([[1, 2]], [[3], [4]]).data())[0] === 11
      const { vendor, architecture, device, description } = adapter.info
      say({ right, info: { vendor, architecture, device, description } })
    }`)
  const result = judged(answer)
  if (result.works) probed.set(from, result)
  return result
}

interface AdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly device: string
  readonly description: string
}

function judged(answer: ReturnType<typeof inChild<{ readonly right?: boolean; readonly info?: AdapterInfo }>>): WebgpuProbe {
  if ('why' in answer) return { works: false, why: answer.why }
  const { info, right } = answer.said
  if (info === undefined)
    return {
      works: false,
      why: `there is no adapter: ${answer.missed ?? 'no graphics card with a driver for Vulkan, Metal or Direct3D 12 was found'}`,
    }
  if (right !== true) return { works: false, why: 'it multiplied wrongly' }
  const words = `${info.vendor} ${info.architecture} ${info.description}`
  return {
    works: true,
    adapter: {
      title: info.description || [info.vendor, info.architecture, info.device].filter(word => word !== '').join(' ') || 'unnamed',
      software: /swiftshader|llvmpipe|lavapipe|basic render/i.test(words),
    },
  }
}
