// Compiles the kernels to WebAssembly, only when a source changed. Plain JavaScript, so that it runs before anything is built.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { threadId } from 'node:worker_threads'

const FLAGS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--initialMemory',
  '2',
]

/**
 * Compiles `assembly/index.ts` beside this file to `<out>/kernels.wasm` (default `<root>/dist/engine/wasm`), written whole or
 * not at all. Answers the file's path.
 */
export async function buildWasm({ root, out = path.join(root, 'dist/engine/wasm') }) {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'assembly')
  const names = fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.ts'))
    .sort()
  const sources = new Map(names.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]))
  const version = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/assemblyscript/package.json'), 'utf8')).version
  const hash = createHash('sha256').update(`${version} ${FLAGS.join(' ')}`)
  for (const [name, text] of sources) hash.update(name).update('\0').update(text).update('\0')
  const stamp = hash.digest('hex')
  const target = path.join(out, 'kernels.wasm')
  const stampFile = path.join(out, 'kernels.stamp')
  if (fs.existsSync(target) && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return target
  const asc = await import(pathToFileURL(path.join(root, 'node_modules/assemblyscript/dist/asc.js')).href)
  let binary
  const { error, stderr } = await asc.main(['index.ts', ...FLAGS, '--outFile', 'kernels.wasm'], {
    readFile: name => sources.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents
    },
    listFiles: () => [],
  })
  if (error || binary === undefined) throw new Error(`clvlab: the kernels do not compile\n${stderr.toString()}`)
  fs.mkdirSync(out, { recursive: true })
  write(target, binary)
  write(stampFile, stamp)
  return target
}

function write(file, contents) {
  const partial = `${file}.${process.pid}-${threadId}.partial`
  fs.writeFileSync(partial, contents)
  fs.renameSync(partial, file)
}
