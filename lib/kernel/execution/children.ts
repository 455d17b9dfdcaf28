import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import path from 'node:path'

/** Where a child process that inherits this one's output would write: to the terminal of whoever started the kernel. */
type Outlet = 'stdout' | 'stderr'
type Stdio = readonly unknown[] | string | undefined | null

const OUTLETS = [undefined, 'stdout', 'stderr'] as const

/** Child processes that inherit stdout or stderr, and `fs.writeSync(1, …)`, write to the cell from now on. */
export function installChildren(): void {
  const prototype = childProcess.ChildProcess.prototype as unknown as Spawning
  const { spawn } = prototype
  prototype.spawn = function (options) {
    const { stdio, taken } = withoutInherited(options.stdio, () => 'pipe')
    const result = spawn.call(this, taken.length === 0 ? options : { ...options, stdio })
    for (const { place, outlet } of taken) forward(this, place, outlet)
    return result
  }
  for (const name of ['spawnSync', 'execSync', 'execFileSync'] as const) captureSync(name)
  captureDescriptors()
  syncBuiltinESMExports()
}

interface Spawning {
  spawn(this: Spawned, options: { readonly stdio?: Stdio }): number
}

interface Spawned {
  stdio: (NodeJS.ReadableStream | null)[]
  stdout: unknown
  stderr: unknown
}

interface Taken {
  readonly place: number
  readonly outlet: Outlet
}

/** The same streams, with others in place of those that would be inherited. */
function withoutInherited(
  stdio: Stdio,
  other: (taken: Taken) => unknown,
): { readonly stdio: unknown[]; readonly taken: Taken[] } {
  const all: unknown[] = typeof stdio === 'string' ? [stdio, stdio, stdio] : [...(stdio ?? [])]
  const taken: Taken[] = []
  for (const [place, given] of all.entries()) {
    const outlet = outletOf(given, place)
    if (outlet === undefined) continue
    taken.push({ place, outlet })
    all[place] = other({ place, outlet })
  }
  return { stdio: all, taken }
}

function outletOf(given: unknown, place: number): Outlet | undefined {
  if (given === 'inherit') return OUTLETS[place]
  if (given === 1 || given === process.stdout) return 'stdout'
  return given === 2 || given === process.stderr ? 'stderr' : undefined
}

/** To the caller the stream is one that it does not see, as an inherited one. */
function forward(child: Spawned, place: number, outlet: Outlet): void {
  child.stdio[place]?.on('data', (chunk: Buffer) => process[outlet].write(chunk))
  child.stdio[place] = null
  const name = OUTLETS[place]
  if (name !== undefined) child[name] = null
}

type SyncName = 'spawnSync' | 'execSync' | 'execFileSync'

/** What is waited for writes to files, which are shown when it has ended. */
function captureSync(name: SyncName): void {
  const original = childProcess[name] as (...args: unknown[]) => unknown
  const captured = (...args: unknown[]): unknown => {
    const at = args.findIndex((each, i) => i > 0 && typeof each === 'object' && each !== null && !Array.isArray(each))
    const options = args[at] as { readonly stdio?: Stdio } | undefined
    const files: { readonly outlet: Outlet; readonly descriptor: number }[] = []
    const { stdio, taken } = withoutInherited(options?.stdio, ({ outlet }) => {
      const descriptor = openNameless()
      files.push({ outlet, descriptor })
      return descriptor
    })
    if (taken.length === 0) return original(...args)
    try {
      return original(...args.with(at, { ...options, stdio }))
    } finally {
      for (const { outlet, descriptor } of files) {
        const text = Buffer.alloc(fs.fstatSync(descriptor).size)
        fs.readSync(descriptor, text, 0, text.length, 0)
        fs.closeSync(descriptor)
        process[outlet].write(text)
      }
    }
  }
  Object.assign(childProcess, { [name]: captured })
}

function openNameless(): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-output-'))
  const file = path.join(folder, 'text')
  const descriptor = fs.openSync(file, 'ax+')
  try {
    fs.rmSync(folder, { recursive: true })
  } catch {
    // Windows keeps a file that is open; the system's temporary folder is where it may stay.
  }
  return descriptor
}

/** Writing to the descriptors 1 and 2 as writing to the streams. */
function captureDescriptors(): void {
  const { writeSync, write } = fs
  fs.writeSync = ((descriptor: number, data: unknown, ...rest: unknown[]) => {
    const outlet = OUTLETS[descriptor]
    if (outlet === undefined) return (writeSync as (...args: unknown[]) => number)(descriptor, data, ...rest)
    const bytes = part(data, rest)
    process[outlet].write(bytes)
    return bytes.length
  }) as typeof fs.writeSync
  fs.write = Object.assign(
    ((descriptor: number, data: unknown, ...rest: unknown[]) => {
      const outlet = OUTLETS[descriptor]
      const done = rest.at(-1)
      if (outlet === undefined || typeof done !== 'function')
        return (write as (...args: unknown[]) => void)(descriptor, data, ...rest)
      const bytes = part(data, rest)
      process[outlet].write(bytes)
      process.nextTick(() => (done as (error: null, length: number, data: unknown) => void)(null, bytes.length, data))
    }) as typeof fs.write,
    write,
  )
  for (const name of ['writeFileSync', 'appendFileSync'] as const) {
    const original = fs[name] as (...args: unknown[]) => void
    const captured = (file: unknown, data: unknown, ...rest: unknown[]): void => {
      const outlet = typeof file === 'number' ? OUTLETS[file] : undefined
      if (outlet === undefined) original(file, data, ...rest)
      else process[outlet].write(part(data, []))
    }
    Object.assign(fs, { [name]: captured })
  }
}

/** The bytes that a call of `write` means: a text, or a part of a buffer. */
function part(data: unknown, [offset, length]: readonly unknown[]): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  const { buffer, byteOffset, byteLength } = data as Uint8Array
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  const start = typeof offset === 'number' ? offset : 0
  return bytes.subarray(start, typeof length === 'number' ? start + length : undefined)
}
