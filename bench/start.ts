import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleaved, type BenchRow } from './support/measure.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const SCRIPTS = path.join(ROOT, '.cache/bench/cells')
const RUNS = 3

/**
 * The whole `npm start`, everything installed (the embedded set simulated, each cell checked and run by the kernel, its outputs drawn,
 * reports exported), against the same notebooks' cells as bare scripts, one Node each, nothing checked, drawn or exported: what the
 * notebooks cost. The first turn, which warms up, is left out.
 */
export async function startBenches(): Promise<BenchRow[]> {
  const scripts = asScripts()
  return await interleaved<void>(
    'the whole npm start',
    [
      { title: 'npm start', run: async () => quietly([path.join(ROOT, 'bin/start.js')], ROOT) },
      {
        title: 'its cells alone as scripts',
        run: async () => scripts.forEach(script => quietly([script], path.join(ROOT, 'notebooks'))),
      },
    ],
    { runs: RUNS, unit: 's', same: () => undefined },
  )
}

/** Each notebook's code cells, one after another in one module, its types stripped. */
function asScripts(): readonly string[] {
  fs.rmSync(SCRIPTS, { recursive: true, force: true })
  fs.mkdirSync(SCRIPTS, { recursive: true })
  const names = fs
    .readdirSync(path.join(ROOT, 'notebooks'))
    .filter(name => name.endsWith('.ipynb'))
    .map(name => name.replace('.ipynb', ''))
  for (const name of names)
    fs.writeFileSync(path.join(SCRIPTS, `${name}.ts`), cellsOf(path.join(ROOT, 'notebooks', `${name}.ipynb`)))
  fs.writeFileSync(
    path.join(SCRIPTS, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.json',
      compilerOptions: { noEmit: false, noResolve: true, rootDir: '.', outDir: '.' },
      include: ['*.ts'],
    }),
  )
  quietly([path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', SCRIPTS, '--noCheck'], ROOT)
  return names.map(name => path.join(SCRIPTS, `${name}.js`))
}

function cellsOf(notebook: string): string {
  const { cells } = JSON.parse(fs.readFileSync(notebook, 'utf8')) as {
    cells: readonly { cell_type: string; source: string | readonly string[] }[]
  }
  return cells
    .filter(({ cell_type: type }) => type === 'code')
    .map(({ source }) => [source].flat().join(''))
    .join('\n;\n')
}

/** Errors when Node fails, with the end of what it said. */
function quietly(argv: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`node ${argv.join(' ')} failed: ${error?.message ?? stderr.slice(-2000)}`)
}
