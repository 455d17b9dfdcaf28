#!/usr/bin/env node
// The kernel as Jupyter starts it: what `clvlab kernel --connection-file FILE` does, without the rest of the command line.
import module from 'node:module'
import { ensureBuilt } from './support/build.js'
import { ensureInstalled, requireNode } from './support/project.js'

module.enableCompileCache?.()
requireNode()
await ensureInstalled()
await ensureBuilt()
await import('../dist/kernel/main.js')
