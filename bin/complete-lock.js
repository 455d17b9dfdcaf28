#!/usr/bin/env node
// Adds to package-lock.json the optional platform packages that `npm install` left out, because the registry in use
// did not serve them. Without the entries `npm ci` refuses the lock file, and other platforms lack their binaries.
// Run after every `npm install`; `--check` only says whether something is missing.
import fs from 'node:fs'
import path from 'node:path'
import { root } from './support/project.js'

const file = path.join(root, 'package-lock.json')
const lock = JSON.parse(fs.readFileSync(file, 'utf8'))
const missing = new Map()
for (const [owner, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${owner}/node_modules/${name}`
    const hoisted = `node_modules/${name}`
    if (owner !== '' && (lock.packages[nested] || lock.packages[hoisted])) continue
    if (owner === '' && lock.packages[hoisted]) continue
    missing.set(hoisted, {
      version: range.replace(/^[~^]/, ''),
      ...platform(name),
      optional: true,
      ...(entry.dev ? { dev: true } : {}),
    })
  }
}

if (process.argv.includes('--check')) {
  for (const name of missing.keys()) console.error(`package-lock.json lacks the optional package ${name}`)
  if (missing.size > 0) console.error('  way out: node bin/complete-lock.js')
  process.exit(missing.size > 0 ? 1 : 0)
}
for (const [name, entry] of missing) lock.packages[name] = entry
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
if (missing.size > 0) fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${missing.size} optional packages added`)

/** Operating system and processor as named at the end of a platform package's name. */
function platform(name) {
  const os = /(darwin|linux|win32|android|freebsd|openharmony|aix|sunos|netbsd|openbsd)/.exec(name)?.[1]
  const cpu = /(x64|arm64|ia32|arm|riscv64|ppc64|s390x|loong64|mips64el|wasm32)/.exec(name)?.[1]
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}) }
}
