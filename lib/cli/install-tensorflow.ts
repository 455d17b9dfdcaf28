import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { EngineError, UsageError } from '../errors/index.ts'
import { probe, type Probe } from '../engine/index.ts'
import { step } from './install-step.ts'
import { wholeFolder } from './whole-folder.ts'

const PACKAGE = '@tensorflow/tfjs-node'
const VERSION = '4.22.0'
/** What of the wheels is needed: the library, its headers, and for a card the libraries of CUDA. */
const WANTED = ['tensorflow/libtensorflow_', 'tensorflow/include/tensorflow/', 'tensorflow/include/tsl/', 'nvidia/']

/** For the processor; or for NVIDIA's cards, with the libraries of CUDA 12.2 that this TensorFlow names, so that the system needs the driver alone. */
const WHEELS = {
  tensorflow: ['tensorflow-cpu==2.15.1'],
  'tensorflow-gpu': [
    'tensorflow==2.15.1',
    'nvidia-cublas-cu12==12.2.5.6',
    'nvidia-cuda-cupti-cu12==12.2.142',
    'nvidia-cuda-nvcc-cu12==12.2.140',
    'nvidia-cuda-nvrtc-cu12==12.2.140',
    'nvidia-cuda-runtime-cu12==12.2.140',
    'nvidia-cudnn-cu12==8.9.4.25',
    'nvidia-cufft-cu12==11.0.8.103',
    'nvidia-curand-cu12==10.3.3.141',
    'nvidia-cusolver-cu12==11.5.2.141',
    'nvidia-cusparse-cu12==12.1.2.141',
    'nvidia-nccl-cu12==2.16.5',
    'nvidia-nvjitlink-cu12==12.2.140',
  ],
} as const

/** What `installTensorFlow` can build. */
export type TensorFlowKind = keyof typeof WHEELS
const LIBRARIES = {
  'libtensorflow_cc.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2': 'libtensorflow_framework.so.2',
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2': 'libtensorflow_cc.so.2',
  'libtensorflow.so.2.9.1': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
} as const

/**
 * Builds tfjs-node in a folder, whole or not at all: the package without its installer (which would fetch from a host that may be out of
 * reach), the library out of PyPI's wheels, and the addon compiled against it. Linux on x86-64 alone. About a minute and 950 MB; for NVIDIA's cards
 * some minutes and 5 GB.
 * Errors: `UsageError` for a system where it cannot be done, with what is missing, or a folder that holds something else; `EngineError` for a step that failed.
 */
export function installTensorFlow(
  kind: TensorFlowKind,
  folder: string,
  say: (line: string) => void,
): Extract<Probe, { works: true }> {
  requireTools()
  const nodedir = headers()
  return wholeFolder(folder, { [PACKAGE]: VERSION }, partial => {
    step(say, `the package ${PACKAGE} ${VERSION}`, 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], partial)
    for (const wanted of WHEELS[kind]) {
      step(say, `the wheel ${wanted}`, 'python3', [...DOWNLOAD, '-d', 'wheel', wanted], partial)
      const [wheel] = fs.readdirSync(path.join(partial, 'wheel'))
      step(say, 'what is needed of it', 'python3', ['-c', UNPACK, path.join('wheel', wheel ?? ''), ...WANTED], partial)
      fs.rmSync(path.join(partial, 'wheel'), { recursive: true })
    }
    const addon = path.join(partial, 'node_modules', PACKAGE)
    link(addon, partial)
    step(say, 'the addon, compiled', 'npm', ['run', 'build-addon-from-source'], addon, { npm_config_nodedir: nodedir })
    const probed = probe({ name: PACKAGE, from: path.join(partial, 'package.json') })
    if (probed.works) return probed
    throw new EngineError({
      code: 'install-failed',
      what: `what was built does not work: ${probed.why}`,
      where: partial,
      remedy: 'use the wasm device, which needs nothing',
    })
  })
}

/** Any Python will do: the wheel is only unpacked. */
const DOWNLOAD =
  '-m pip download -q --no-deps --only-binary=:all: --python-version 3.11 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64'.split(
    ' ',
  )

const UNPACK = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall('.', [name for name in wheel.namelist() if name.startswith(tuple(sys.argv[2:]))])
`

function requireTools(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new UsageError({
      code: 'no-recipe',
      what: `there is no recipe for ${process.platform} on ${process.arch}`,
      remedy: `\`npm install ${PACKAGE}\` may work there; the wasm device needs nothing`,
    })
  }
  const missing = (['python3', 'g++', 'make', 'npm'] as const).filter(tool => spawnSync(tool, ['--version']).status !== 0)
  const packages: string[] = missing.map(tool => (tool === 'python3' ? 'python3 python3-pip' : tool))
  if (missing.length === 0 && spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) packages.push('python3-pip')
  if (packages.length === 0) return
  throw new UsageError({
    code: 'missing-tools',
    what: `building TensorFlow needs ${packages.join(', ')}`,
    remedy: `on Debian or Ubuntu: apt-get install ${packages.join(' ')}`,
  })
}

/** Links that say where the library is seen from, so that the folder can be moved. It looks for CUDA in ../nvidia, seen from the link. */
function link(addon: string, unpacked: string): void {
  const deps = path.join(addon, 'deps')
  const lib = path.join(deps, 'lib')
  fs.mkdirSync(lib, { recursive: true })
  const see = (from: string, name: string, ...target: readonly string[]): void =>
    fs.symlinkSync(path.relative(from, path.join(unpacked, ...target)), path.join(from, name))
  see(deps, 'include', 'tensorflow', 'include')
  for (const [name, target] of Object.entries(LIBRARIES)) see(lib, name, 'tensorflow', target)
  if (fs.existsSync(path.join(unpacked, 'nvidia'))) see(deps, 'nvidia', 'nvidia')
}

/** The folder of Node's own headers; without them node-gyp would fetch them. */
function headers(): string {
  const folder = path.dirname(path.dirname(fs.realpathSync(process.execPath)))
  if (fs.existsSync(path.join(folder, 'include/node/node_api.h'))) return folder
  throw new UsageError({
    code: 'no-headers',
    what: 'this Node comes without its headers',
    where: path.join(folder, 'include/node'),
    remedy: 'use a Node from nodejs.org, or install the headers of your distribution (libnode-dev)',
  })
}
