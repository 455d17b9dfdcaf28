// What every entry of the project needs before any of its own code can run: plain JavaScript on Node's own modules.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.js'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Sizes and times of the two lock files when they last agreed. */
const checkedFile = path.join(root, '.cache/installed')

const NEEDED_NODE = [20, 19]

/** From here on Ctrl-C ends the process with one line and the exit code that shells give it. Gives what takes that back. */
export function endByInterrupt() {
  process.on('SIGINT', interrupted)
  return () => process.off('SIGINT', interrupted)
}

/** The same where Ctrl-C came while a child process was waited for: it ended the child, and is told to this process only afterwards. */
export function endIfInterrupted({ signal, status }) {
  if (signal === 'SIGINT' || status === 130) interrupted()
}

function interrupted() {
  console.error('clvlab: stopped by Ctrl-C; the same command goes on from here')
  process.exit(130)
}

/** Stops with one clear line on a Node that is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return
  console.error(`clvlab needs Node ${NEEDED_NODE.join('.')} or later; this is ${process.versions.node}`)
  console.error('  way out: install a current Node (nodejs.org) and run the command again')
  process.exit(1)
}

/** Installs the packages of package-lock.json where node_modules does not hold exactly them. Of several processes at once one installs, the others wait. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await withLock(path.join(root, '.cache/install.lock'), async () => {
    if (!isInstalled()) await install()
  })
}

async function install() {
  console.error('clvlab: installing packages (once; about a minute)')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts']
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (result.status === 0) return
  endIfInterrupted(result)
  await told() // npm catches Ctrl-C itself and ends with 1
  console.error(
    `clvlab: the packages could not be installed (npm ci ended with ${result.status ?? result.signal ?? result.error?.message})`,
  )
  console.error('  way out: check that the npm registry can be reached, then run the command again')
  process.exit(1)
}

/** Lets a signal that came while a child process was waited for reach its handler. */
function told() {
  return new Promise(resolve => setTimeout(resolve, 20))
}

/** True when npm's own record of what it installed agrees with the lock file. */
function isInstalled() {
  const times = ['package-lock.json', 'node_modules/.package-lock.json']
    .map(name => fs.statSync(path.join(root, name), { throwIfNoEntry: false }))
    .map(stat => `${stat?.size} ${stat?.mtimeMs}`)
    .join('\n')
  if (readText(checkedFile) === times) return true
  const wanted = readJson('package-lock.json')?.packages ?? {}
  const present = readJson('node_modules/.package-lock.json')?.packages
  if (present === undefined) return false
  const agree = Object.entries(wanted).every(([name, entry]) => {
    if (name === '' || entry.optional || entry.peer || entry.devOptional) return true
    return present[name]?.version === entry.version
  })
  if (agree) remember(times)
  return agree
}

/** A checkout that cannot be written to is checked anew each time. */
function remember(times) {
  try {
    fs.mkdirSync(path.dirname(checkedFile), { recursive: true })
    fs.writeFileSync(checkedFile, times)
  } catch {}
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function readJson(name) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'))
  } catch {
    return undefined
  }
}
