#!/usr/bin/env node
// `npm run bench [-- NAME …] [--json FILE]`: measures against named peers in the same run and prints ratios.
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
const folder = path.join(root, 'bench')
const modules = fs.readdirSync(folder).filter(name => name.endsWith('.bench.js')).sort()
const chosen = modules.filter(name => positionals.length === 0 || positionals.includes(name.replace('.bench.js', '')))
if (chosen.length === 0) {
  console.error(`no benchmark of that name; there are ${modules.map(name => name.replace('.bench.js', '')).join(', ')}`)
  process.exit(2)
}

const rows = []
for (const name of chosen) {
  console.error(`measuring ${name.replace('.bench.js', '')} …`)
  const { bench } = await import(pathToFileURL(path.join(folder, name)).href)
  rows.push(...(await bench()))
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
