#!/usr/bin/env node
// `npm run lab`: JupyterLab on the notebooks, with this checkout's kernel found and nothing installed anywhere else.
import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled, requireNode, root } from './support/project.js'

requireNode()
await ensureInstalled()
const found = spawnSync('jupyter-lab', ['--version'], { encoding: 'utf8' })
if (found.status !== 0) {
  console.error(
    'clvlab: JupyterLab is not there; get it with `pip install jupyterlab` (or activate the environment that has it), then run `npm run lab` again',
  )
  process.exit(1)
}
const prefix = path.join(root, '.cache/jupyter')
const made = spawnSync(process.execPath, [path.join(root, 'bin/clvlab.js'), 'kernel', 'install', '--prefix', prefix], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (made.status !== 0) process.exit(made.status ?? 1)
const JUPYTER_PATH = [path.join(prefix, 'share/jupyter'), process.env.JUPYTER_PATH].filter(Boolean).join(path.delimiter)
const lab = spawn('jupyter-lab', process.argv.slice(2), {
  cwd: path.join(root, 'notebooks'),
  env: { ...process.env, JUPYTER_PATH },
  stdio: 'inherit',
})
process.on('SIGINT', () => undefined)
lab.on('exit', code => {
  process.exitCode = code ?? 1
})
