#!/usr/bin/env node
// `npm run lint`: oxlint with TypeScript 7's types, oxfmt, the house rules, and the lock file's completeness. `npm run format` mends what oxfmt finds.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { houseProblems } from './support/house.js'
import { ensureInstalled, requireNode, root } from './support/project.js'

requireNode()
await ensureInstalled()
const oxlint = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--max-warnings', '0', '.'],
  { cwd: root, stdio: 'inherit' },
)
const FORMATTED = ['lib', 'test', 'bin', 'bench']
const format = spawnSync(process.execPath, [path.join(root, 'node_modules/oxfmt/bin/oxfmt'), '--check', ...FORMATTED], {
  cwd: root,
  stdio: 'inherit',
})
const lock = spawnSync(process.execPath, [path.join(root, 'bin/complete-lock.js'), '--check'], { cwd: root, stdio: 'inherit' })
const problems = houseProblems(root)
for (const problem of problems) console.error(`house: ${problem}`)
if (problems.length === 0) console.log('house: floors, sizes, arithmetic and imports are in order')
process.exitCode = oxlint.status === 0 && format.status === 0 && lock.status === 0 && problems.length === 0 ? 0 : 1
