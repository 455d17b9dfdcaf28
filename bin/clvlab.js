#!/usr/bin/env node
// The command line: installs and builds what is missing, then hands over to lib/cli.
import module from 'node:module'
import { ensureBuilt } from './support/build.js'
import { endByInterrupt, ensureInstalled, requireNode } from './support/project.js'

module.enableCompileCache?.()
requireNode()
const handOver = endByInterrupt()
await ensureInstalled()
await ensureBuilt()
const { main } = await import('../dist/cli/index.js')
handOver()
process.exitCode = await main(process.argv.slice(2))
