// Compiles lib/ to dist/, and only when its sources changed. Type errors do not stop it: `npm run check` tells them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { withLock } from './lock.js'
import { endIfInterrupted, root } from './project.js'

const dist = path.join(root, 'dist')
const stampFile = path.join(dist, '.stamp')
const timesFile = path.join(dist, '.times')

/** Builds when needed; several processes may call it at once. */
export async function ensureBuilt() {
  const times = sourceTimes()
  if (recorded(timesFile) === times && fs.existsSync(stampFile)) return false
  const stamp = sourceStamp()
  if (isBuilt(stamp)) {
    write(timesFile, times)
    return false
  }
  await withLock(path.join(root, '.cache/build.lock'), async () => {
    if (isBuilt(stamp)) return
    await build(stamp)
  })
  return true
}

async function build(stamp) {
  fs.mkdirSync(dist, { recursive: true })
  fs.rmSync(stampFile, { force: true })
  fs.rmSync(timesFile, { force: true })
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const result = spawnSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json'), '--noCheck'], {
    cwd: root,
    encoding: 'utf8',
  })
  endIfInterrupted(result)
  if (result.status !== 0) throw new Error(`clvlab: lib/ does not compile\n${result.stdout}${result.stderr}`)
  removeStale(dist)
  const wasm = path.join(root, 'lib/engine/wasm/build.mjs')
  if (fs.existsSync(wasm)) await (await import(pathToFileURL(wasm).href)).buildWasm({ root, out: path.join(dist, 'engine/wasm') })
  fs.writeFileSync(stampFile, stamp)
}

const isBuilt = stamp => recorded(stampFile) === stamp

function recorded(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function write(file, text) {
  fs.writeFileSync(`${file}.${process.pid}.partial`, text)
  fs.renameSync(`${file}.${process.pid}.partial`, file)
}

/** Everything that the build reads. */
function sources() {
  const files = [
    ...walk(path.join(root, 'lib')),
    ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map(name => path.join(root, name)),
  ]
  return files.sort((a, b) => (a < b ? -1 : 1))
}

/** Names, sizes and times of all sources: where none has changed, their digest need not be taken. Every start waits for this. */
function sourceTimes() {
  return sources()
    .map(file => {
      const { size, mtimeMs } = fs.statSync(file)
      return `${file.slice(root.length + 1)} ${size} ${mtimeMs}`
    })
    .join('\n')
}

/** A digest of everything that the build reads. */
function sourceStamp() {
  const hash = createHash('sha256')
  for (const file of sources()) hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Outputs whose source is gone would still be importable: away with them. */
function removeStale(folder) {
  for (const file of walk(folder)) {
    const name = path.relative(dist, file).replace(/\.js(\.map)?$/, '')
    if (/\.js(\.map)?$/.test(file) && !fs.existsSync(path.join(root, 'lib', `${name}.ts`))) fs.rmSync(file)
  }
}

function* walk(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = folder + path.sep + entry.name
    if (entry.isDirectory()) yield* walk(file)
    else yield file
  }
}
