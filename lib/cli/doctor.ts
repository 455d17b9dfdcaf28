import { loadTensorFlowDevice, nativePackages, probe, tensorFlowFolder } from '../engine/index.ts'
import { ClvError, UsageError } from '../errors/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import { installTensorFlow } from './install-tensorflow.ts'
import type { Io } from './io.ts'

const SPEC = {
  name: 'doctor',
  summary: 'Says which devices work here, why the others do not, and what to install.',
  positionals: [],
  options: {
    install: {
      value: 'tensorflow',
      about: 'builds a native TensorFlow in a cache folder (Linux, x86-64; Python, a compiler and 650 MB)',
    },
    json: { about: 'writes the answer to stdout as JSON, for programs' },
  },
  examples: ['clvlab doctor', 'clvlab doctor --install tensorflow'],
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
  if (values.install !== undefined) {
    if (values.install !== 'tensorflow')
      throw new UsageError({
        code: 'unknown-device',
        what: `"${values.install}" cannot be installed`,
        where: 'clvlab doctor --install',
        remedy: 'tensorflow can',
      })
    const { version } = installTensorFlow(tensorFlowFolder(), line => io.stderr(`  ${line}\n`))
    io.stderr(`TensorFlow ${version} is in ${tensorFlowFolder()}\n`)
  }
  const found = [...(await portable()), ...natives()]
  io.stdout(values.json ? `${JSON.stringify(found, null, 2)}\n` : asText(found))
  return 0
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
        about: 'not installed; `clvlab doctor --install tensorflow` builds it: faster for wide networks, slower for small ones',
      },
    ]
  return packages.map(each => {
    const probed = probe(each)
    return {
      device,
      works: probed.works,
      about: probed.works
        ? `${each.name} on TensorFlow ${probed.version}, ${probed.gpu ? 'with' : 'without'} a graphics card`
        : `${each.name}: ${probed.why}; \`clvlab doctor --install tensorflow\` builds it anew`,
    }
  })
}

function asText(found: readonly Finding[]): string {
  const width = Math.max(...found.map(({ device }) => device.length))
  return found.map(({ device, works, about }) => `${works ? 'works  ' : 'missing'}  ${device.padEnd(width)}  ${about}\n`).join('')
}
