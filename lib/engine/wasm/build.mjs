// Compiles the kernels to WebAssembly, only when a source changed. Plain JavaScript, so that it runs before anything is built.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { threadId } from 'node:worker_threads'
import { FLAGS } from './flags.mjs'

const OWN = [...FLAGS, '--initialMemory', '2']

/** The kernels as one thread runs them, with a memory of their own; and as several do, in a memory that they are given. */
const MODULES = {
  'kernels.wasm': [],
  'kernels-shared.wasm': ['--enable', 'threads', '--importMemory', '--sharedMemory', '--maximumMemory', '65536'],
}

/**
 * Compiles `assembly/index.ts` beside this file to the modules above in `out` (default `<root>/dist/engine/wasm`), each written whole or
 * not at all. Answers the folder.
 */
export async function buildWasm({ root, out = path.join(root, 'dist/engine/wasm') }) {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'assembly')
  const names = fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.ts'))
    .sort()
  const sources = new Map(names.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]))
  const version = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/assemblyscript/package.json'), 'utf8')).version
  const hash = createHash('sha256').update(`${version} ${JSON.stringify([OWN, MODULES])}`)
  for (const [name, text] of sources) hash.update(name).update('\0').update(text).update('\0')
  const stamp = hash.digest('hex')
  const stampFile = path.join(out, 'kernels.stamp')
  const targets = Object.keys(MODULES).map(name => path.join(out, name))
  if ([...targets, stampFile].every(file => fs.existsSync(file)) && fs.readFileSync(stampFile, 'utf8') === stamp) return out
  const asc = await import(pathToFileURL(path.join(root, 'node_modules/assemblyscript/dist/asc.js')).href)
  const binaries = []
  for (const flags of Object.values(MODULES)) binaries.push(await compile(asc, sources, [...OWN, ...flags]))
  fs.mkdirSync(out, { recursive: true })
  fs.rmSync(stampFile, { force: true })
  binaries.forEach((binary, i) => write(targets[i], binary))
  write(stampFile, stamp)
  return out
}

async function compile(asc, sources, flags) {
  let binary
  const { error, stderr } = await asc.main(['index.ts', ...flags, '--outFile', 'kernels.wasm'], {
    readFile: name => sources.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents
    },
    listFiles: () => [],
  })
  if (error || binary === undefined) throw new Error(`clvlab: the kernels do not compile\n${stderr.toString()}`)
  return binary
}

function write(file, contents) {
  const partial = `${file}.${process.pid}-${threadId}.partial`
  fs.writeFileSync(partial, contents)
  fs.renameSync(partial, file)
}
