#!/usr/bin/env node
// `npm run bench [-- NAME …] [--json FILE]`: measures against named peers in the same run and prints ratios.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './support/build.js'
import { ensureInstalled, requireNode, root } from './support/project.js'

requireNode()
ensureInstalled()
await ensureBuilt()
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })
const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
spawnSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.bench.json'), '--noCheck'], { cwd: root, stdio: 'inherit' })
const folder = path.join(root, '.cache/bench/bench')
const names = fs.readdirSync(path.join(root, 'bench')).filter(name => name.endsWith('.ts')).map(name => name.replace('.ts', '')).sort()
const chosen = names.filter(name => positionals.length === 0 || positionals.includes(name))
if (chosen.length === 0) {
  console.error(`no benchmark of that name; there are ${names.join(', ')}`)
  process.exit(2)
}

const rows = []
for (const name of chosen) {
  console.error(`measuring ${name} …`)
  const measured = await import(pathToFileURL(path.join(folder, `${name}.js`)).href)
  for (const [exported, benches] of Object.entries(measured)) if (exported.endsWith('Benches')) rows.push(...(await benches()))
}
const machine = { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, memory: os.totalmem(), node: process.versions.node, platform: `${process.platform}-${process.arch}` }
console.log(table(rows))
console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.platform}; medians, ratios of medians measured in one interleaved run`)
if (values.json !== undefined) {
  const text = `${JSON.stringify(rows.map(row => ({ ...row, machine })), null, 2)}\n`
  fs.writeFileSync(`${values.json}.partial`, text)
  fs.renameSync(`${values.json}.partial`, values.json)
}

function table(rows) {
  const lines = [['what', 'ours', 'peer', 'ratio', 'unit', 'runs'], ...rows.map(row => [row.name, format(row.ours), format(row.peer), `${format(row.ratio)}x`, row.unit, String(row.runs)])]
  const widths = lines[0].map((_, column) => Math.max(...lines.map(line => line[column].length)))
  return lines.map(line => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')).join('\n')
}

function format(value) {
  return value === null || value === undefined ? '-' : Number(value.toPrecision(3)).toString()
}
