#!/usr/bin/env node
// `npm run bench [-- --only NAME …] [--json FILE] [--limit SECONDS]`: measures against named peers in the same run and prints ratios.
// Each benchmark (bench/NAME.ts) runs in a process of its own; one that overruns is stopped, named, and makes the exit code 1.
import { fork, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './support/build.js'
import { ensureInstalled, requireNode, root } from './support/project.js'

requireNode()
await ensureInstalled()
await ensureBuilt()
const { values, positionals } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'string' }, limit: { type: 'string', default: '900' } },
  allowPositionals: true,
})
const asked = [...(values.only ?? []), ...positionals]
const names = fs
  .readdirSync(path.join(root, 'bench'))
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replace('.ts', ''))
  .sort()
const unknown = asked.filter(name => !names.includes(name))
const limit = Number(values.limit)
const ENDINGS = ['SIGINT', 'SIGTERM']
if (unknown.length > 0) stop(`there is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}`)
if (!(limit > 0)) stop(`--limit is ${values.limit}; give seconds`)
const compiled = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', path.join(root, 'tsconfig.bench.json'), '--noCheck'],
  { cwd: root, stdio: 'inherit' },
)
if (compiled.status !== 0) process.exit(1)

const rows = []
const failures = []
for (const name of names.filter(each => asked.length === 0 || asked.includes(each))) {
  await measure(name)
}
const machine = {
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.cpus().length,
  memory: os.totalmem(),
  load: os.loadavg()[0],
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
}
console.log(table())
console.log(
  `\n${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${machine.node}, ${machine.platform}; medians, ratios of medians measured in one interleaved run`,
)
for (const failure of failures) console.error(failure)
if (values.json !== undefined) {
  const text = `${JSON.stringify(
    rows.map(row => ({ ...row, machine })),
    null,
    2,
  )}\n`
  fs.writeFileSync(`${values.json}.partial`, text)
  fs.renameSync(`${values.json}.partial`, values.json)
}
process.exit(failures.length === 0 ? 0 : 1)

/** Collects the rows of one benchmark. The limit holds for each of its functions; with the process go those that it started. */
function measure(name) {
  const bench = path.join(root, '.cache/bench/bench')
  const child = fork(path.join(bench, 'support/run-one.js'), [path.join(bench, `${name}.js`)], {
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const end = signal => {
    try {
      process.kill(-Number(child.pid), signal)
    } catch {
      // it has ended
    }
  }
  const interrupted = signal => {
    end('SIGKILL')
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  for (const signal of ENDINGS) process.once(signal, interrupted)
  let [timer, running, overran] = [undefined, name, false]
  return new Promise(resolve => {
    child.on('message', message => {
      if (message.rows !== undefined) rows.push(...message.rows)
      if (message.began === undefined) return
      running = `${name} (${message.began})`
      console.error(`measuring ${running} …`)
      clearTimeout(timer)
      timer = setTimeout(() => {
        overran = true
        end('SIGKILL')
      }, 1000 * limit)
    })
    child.on('exit', code => {
      clearTimeout(timer)
      for (const signal of ENDINGS) process.off(signal, interrupted)
      if (overran) failures.push(`${running}: stopped, it ran past its limit of ${limit} s`)
      else if (code !== 0) failures.push(`${running}: failed, see above`)
      end('SIGKILL')
      resolve()
    })
  })
}

function stop(why) {
  console.error(why)
  process.exit(2)
}

function table() {
  const lines = [
    ['what', 'ours', 'peer', 'ratio', 'unit', 'runs'],
    ...rows.map(row => [
      row.name,
      format(row.ours),
      format(row.peer),
      row.ratio === null ? '-' : `${format(row.ratio)}x`,
      row.unit,
      String(row.runs),
    ]),
  ]
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)))
  return lines
    .map(line =>
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
    )
    .join('\n')
}

function format(value) {
  return value === null || value === undefined ? '-' : Number(value.toPrecision(3)).toString()
}
