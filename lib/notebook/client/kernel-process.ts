import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from '../wire/index.ts'
import { freePorts } from './free-ports.ts'

export interface KernelProcessOptions {
  /** The kernel's working folder: where the notebook stands. */
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Program and arguments; `{connection_file}` stands for the file. The default is this package's own kernel. */
  readonly command?: readonly string[]
}

/** A running kernel and how to reach it. */
export interface KernelProcess {
  readonly child: ChildProcess
  readonly connection: Connection
  /** What it wrote to its own stderr, the last 10,000 characters: why it died, if it did. */
  readonly log: () => string
  /** Ends it, whatever it does, and removes its connection file. */
  readonly dispose: () => Promise<void>
}

const MAJOR = Number(process.versions.node.split('.')[0])

/** Without these Node aborts when an interrupt stops a busy loop: lib/kernel/execution/README.md. */
export const KERNEL_FLAGS: readonly string[] = [
  '--no-force-async-hooks-checks',
  ...(MAJOR >= 22 && MAJOR < 24 ? ['--experimental-async-context-frame'] : []),
]

const KERNEL = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../dist/kernel/main.js')

/**
 * The kernel leads a process group of its own: Ctrl-C in a terminal is for the front end, which interrupts the kernel in its own way, and
 * what the kernel has started (its compiler) ends with it.
 */
const GROUPS = process.platform !== 'win32'

function killAll(child: ChildProcess): void {
  const isRunning = child.exitCode === null && child.signalCode === null
  try {
    if (GROUPS && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else if (isRunning) child.kill('SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

export async function startKernelProcess(options: KernelProcessOptions): Promise<KernelProcess> {
  const [shell, control, iopub, stdin, hb] = (await freePorts(5)) as [number, number, number, number, number]
  const connection: Connection = {
    ip: '127.0.0.1',
    transport: 'tcp',
    signature_scheme: 'hmac-sha256',
    key: randomBytes(16).toString('hex'),
    shell_port: shell,
    control_port: control,
    iopub_port: iopub,
    stdin_port: stdin,
    hb_port: hb,
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'clvlab-kernel-'))
  const file = path.join(folder, 'connection.json')
  await fs.writeFile(file, JSON.stringify(connection), { mode: 0o600 })
  const command = options.command ?? [process.execPath, ...KERNEL_FLAGS, KERNEL, '--connection-file', '{connection_file}']
  const [program = process.execPath, ...args] = command.map(part => part.replace('{connection_file}', file))
  const child = spawn(program, args, {
    cwd: options.cwd,
    // The kernel looks whether this process still lives, and ends after it.
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: GROUPS,
  })
  const kill = (): void => killAll(child)
  process.once('exit', kill)
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-10_000)
  })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()).once('error', () => resolve()))
  return {
    child,
    connection,
    log: () => log,
    dispose: async () => {
      kill()
      await ended
      process.off('exit', kill)
      await fs.rm(folder, { recursive: true, force: true })
    },
  }
}
