#!/usr/bin/env node
// `npm test`: everything that needs no Python, browser or GPU. Arguments go to vitest: `npm test -- test/metrics`.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureBuilt } from './support/build.js'
import { endByInterrupt, endIfInterrupted, ensureInstalled, requireNode, root } from './support/project.js'

requireNode()
endByInterrupt()
await ensureInstalled()
await ensureBuilt()
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const result = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
endIfInterrupted(result)
process.exitCode = result.status ?? 1
