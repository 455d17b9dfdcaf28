#!/usr/bin/env node
import { ensureBuilt } from './support/build.js'
import { endByInterrupt, ensureInstalled, requireNode } from './support/project.js'

requireNode()
endByInterrupt()
await ensureInstalled()
console.log((await ensureBuilt()) ? 'built dist/' : 'dist/ is up to date')
