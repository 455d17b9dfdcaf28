#!/usr/bin/env node
import { ensureBuilt } from './support/build.js'
import { ensureInstalled, requireNode } from './support/project.js'

requireNode()
ensureInstalled()
console.log((await ensureBuilt()) ? 'built dist/' : 'dist/ is up to date')
