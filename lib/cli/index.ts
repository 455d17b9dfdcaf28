import { ClvError, UsageError } from '../errors/index.ts'
import { endedByInterrupt } from './interrupt.ts'
import type { Command, Io } from './io.ts'

interface Entry {
  readonly summary: string
  readonly load: () => Promise<Command>
  /** Deals with Ctrl-C itself; any other command is ended by it at once. */
  readonly windsDown?: true
}

/** Every command, loaded only when it is asked for: `clvlab kernel` must not wait for the charts. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: 'run the notebooks on a data set and export their reports',
    windsDown: true,
    load: async () => (await import('./start.ts')).start,
  },
  run: { summary: 'run one notebook', windsDown: true, load: async () => (await import('./run.ts')).run },
  notebook: {
    summary: 'make an exercise or its solution from a notebook',
    load: async () => (await import('./notebook.ts')).notebook,
  },
  report: {
    summary: 'export a notebook that has been run; diff, check or print reports',
    windsDown: true,
    load: async () => (await import('./report.ts')).report,
  },
  datasets: { summary: 'list, get or simulate data sets', load: async () => (await import('./datasets.ts')).datasets },
  predict: {
    summary: 'fit models to an event log and write predictions',
    load: async () => (await import('./predict.ts')).predict,
  },
  evaluate: { summary: 'compare predictions with what happened', load: async () => (await import('./evaluate.ts')).evaluate },
  doctor: { summary: 'say which devices work here, and what to install', load: async () => (await import('./doctor.ts')).doctor },
  kernel: {
    summary: 'install or start the Jupyter kernel',
    windsDown: true,
    load: async () => (await import('./kernel.ts')).kernel,
  },
}

/** Runs a command line and gives its exit code: 0 done, 1 failed, 2 not understood. Never throws. */
export async function main(argv: readonly string[], io: Io = terminal()): Promise<number> {
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      io.stdout(help())
      return 0
    }
    const entry = COMMANDS[name]
    if (entry === undefined) {
      throw new UsageError({
        code: 'unknown-command',
        what: `there is no command "${name}"`,
        remedy: `one of ${Object.keys(COMMANDS).join(', ')}; \`clvlab help\` tells more`,
      })
    }
    const command = await entry.load()
    return entry.windsDown === true ? await command(rest, io) : await endedByInterrupt(io, async () => await command(rest, io))
  } catch (error) {
    io.stderr(`clvlab: ${error instanceof ClvError ? error.message : unexpected(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function help(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length))
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `clvlab: research on customer lifetime value\n\n${lines.join('\n')}\n\n\`clvlab COMMAND --help\` tells about one of them.\n`
}

/** A fault of ours: the stack helps whoever mends it. */
function unexpected(error: unknown): string {
  return error instanceof Error ? `unexpected ${error.stack ?? error.message}` : `unexpected ${String(error)}`
}

/** A pipe that closes, such as that of `| head`, has read enough: there is no more to do, and nothing to complain of. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

function terminal(): Io {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners('error').includes(endWithReader)) stream.on('error', endWithReader)
  return {
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    isTTY: process.stderr.isTTY,
  }
}
