import {
  loadTensorFlowDevice,
  nativePackages,
  probe,
  probeWebgpu,
  tensorFlowFolder,
  webgpuFolder,
  webgpuPlace,
} from '../engine/index.ts'
import { ClvError, UsageError } from '../errors/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { cureFor } from './doctor-cures.ts'
import { installTensorFlow } from './install-tensorflow.ts'
import { installWebgpu } from './install-webgpu.ts'
import type { Io } from './io.ts'

const SPEC = {
  name: 'doctor',
  summary: 'Says which devices work here, why the others do not, and what to install.',
  positionals: [],
  options: {
    install: {
      value: 'DEVICE',
      about:
        'tensorflow: builds a native TensorFlow in a cache folder (Linux, x86-64; Python, a compiler, 950 MB); tensorflow-gpu: the same with CUDA (5 GB); webgpu: brings Dawn (200 MB)',
    },
    json: { about: 'writes the answer to stdout as JSON, for programs' },
  },
  examples: ['clvlab doctor', 'clvlab doctor --install tensorflow', 'clvlab doctor --install webgpu'],
} as const satisfies CommandSpec

interface Finding {
  readonly device: string
  readonly works: boolean
  readonly about: string
}

/** `clvlab doctor`: 0 also where optional devices are missing, for `wasm` is always there. */
export async function doctor(argv: readonly string[], io: Io): Promise<number> {
  const { help, positionals, values } = parseArguments(argv, SPEC)
  if (help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  requirePositionals(positionals, SPEC)
  if (values.install !== undefined) install(values.install, line => io.stderr(`${line}\n`))
  const found = [...(await portable()), ...natives(), webgpu()]
  io.stdout(values.json ? `${JSON.stringify(found, null, 2)}\n` : asText(found))
  return 0
}

function install(what: string, say: (line: string) => void): void {
  if (what === 'tensorflow' || what === 'tensorflow-gpu') {
    const { version } = installTensorFlow(what, tensorFlowFolder(), line => say(`  ${line}`))
    say(`TensorFlow ${version} is in ${tensorFlowFolder()}`)
  } else if (what === 'webgpu') {
    installWebgpu(webgpuFolder(), line => say(`  ${line}`))
    say(`WebGPU is in ${webgpuFolder()}`)
  } else
    throw new UsageError({
      code: 'unknown-device',
      what: `"${what}" cannot be installed`,
      where: 'clvlab doctor --install',
      remedy: 'tensorflow, tensorflow-gpu and webgpu can',
    })
}

async function portable(): Promise<readonly Finding[]> {
  const own: Finding[] = [
    { device: 'wasm', works: true, about: 'the default: the same bits on every machine' },
    { device: 'reference', works: true, about: 'plain and slow: the judge of the others' },
  ]
  for (const backend of ['wasm', 'cpu'] as const) {
    try {
      own.push({
        device: (await loadTensorFlowDevice({ backend })).name,
        works: true,
        about: 'portable TensorFlow.js: slower than wasm',
      })
    } catch (error) {
      if (!(error instanceof ClvError)) throw error
      own.push({ device: `tensorflow:${backend}`, works: false, about: `${error.what}; ${error.remedy}` })
    }
  }
  return own
}

function natives(): readonly Finding[] {
  const device = 'tensorflow:native'
  const packages = nativePackages()
  if (packages.length === 0)
    return [
      {
        device,
        works: false,
        about: `${notIn('CLVLAB_TENSORFLOW', tensorFlowFolder())}; \`clvlab doctor --install tensorflow\` builds it: faster for wide networks, slower for small ones`,
      },
    ]
  return packages.map(each => {
    const probed = probe(each)
    return {
      device,
      works: probed.works,
      about: probed.works
        ? `${each.name} on TensorFlow ${probed.version}, ${probed.gpu ? 'with' : 'without'} a graphics card`
        : `${each.name}: ${probed.why}; ${cureFor(probed.why) ?? '`clvlab doctor --install tensorflow` builds it anew'}`,
    }
  })
}

function webgpu(): Finding {
  const device = 'webgpu'
  const from = webgpuPlace()
  if (from === undefined)
    return {
      device,
      works: false,
      about: `${notIn('CLVLAB_WEBGPU', webgpuFolder())}; \`clvlab doctor --install webgpu\` brings it: for a graphics card of any maker`,
    }
  const probed = probeWebgpu(from)
  return {
    device,
    works: probed.works,
    about: probed.works
      ? `${probed.adapter.title}${probed.adapter.software ? ': a software driver, for tests and not for work' : ''}`
      : `${probed.why}; ${cureFor(probed.why) ?? 'install the driver of your graphics card'}`,
  }
}

/** Where the environment names a folder, that is where it is missing. */
function notIn(variable: string, folder: string): string {
  const named = process.env[variable] ?? ''
  return named === '' ? 'not installed' : `not installed in ${folder}, which ${variable} names`
}

function asText(found: readonly Finding[]): string {
  const width = Math.max(...found.map(({ device }) => device.length))
  return found.map(({ device, works, about }) => `${works ? 'works  ' : 'missing'}  ${device.padEnd(width)}  ${about}\n`).join('')
}
