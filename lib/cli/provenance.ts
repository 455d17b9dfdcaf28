import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provenance, Recorded } from '../report/index.ts'

/** The folder of package.json, above lib/ or dist/. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

type Facts = Pick<Provenance, 'notebook' | 'parameters' | 'data'> & Partial<Pick<Provenance, 'device'>>

/** What can differ between two runs stands under `run`; all else must be the same wherever the same thing is run. */
export function provenanceOf(facts: Facts, milliseconds: number): Provenance {
  return { ...facts, device: facts.device ?? WASM, ...runFacts(milliseconds) }
}

const WASM = 'wasm (bit-identical on every machine)'

/** With what, when, where and from which commit something is run now; `duration` in milliseconds. */
export function runFacts(duration: number): Pick<Provenance, 'versions' | 'run'> {
  const { version, dependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string
    dependencies: Record<string, string>
  }
  const named = (name: string): string => dependencies[name] ?? 'unknown'
  return {
    versions: {
      clvlab: version,
      DuckDB: named('@duckdb/node-api'),
      TypeScript: named('typescript'),
      'vega-lite': named('vega-lite'),
    },
    run: {
      date: new Date().toISOString().slice(0, 10),
      duration: `${(duration / 1000).toFixed(0)} s`,
      machine: `${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}`,
      commit: commit(),
    },
  }
}

/**
 * Of a notebook that somebody ran elsewhere or before: as `clvlab run` has kept it in the notebook; else, what only the one who ran it could know is
 * said not to be known.
 */
export function provenanceByHand({
  ran,
  ...facts
}: Pick<Facts, 'notebook' | 'parameters'> & Partial<Facts> & Pick<Recorded, 'ran'>): Provenance {
  const data = { title: 'not known: no cell showed its event log', checksum: 'not known' }
  if (ran !== undefined) return { data, ...facts, device: facts.device ?? WASM, ...ran }
  const { versions, run, ...known } = provenanceOf({ data, ...facts }, 0)
  return {
    ...known,
    versions: Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, `${version} (at the export)`])),
    device: facts.device ?? 'not known',
    run: {
      date: `exported ${run.date}`,
      duration: 'duration not known',
      machine: `not known; exported on ${run.machine}`,
      commit: `not known; exported at ${run.commit}`,
    },
  }
}

/** What reports are made from: a change there that is in no commit is said. Reports themselves lie elsewhere. */
const MADE_FROM = ['lib', 'notebooks', 'bin', 'package.json', 'package-lock.json']

function commit(): string {
  try {
    const head = git('rev-parse', '--short', 'HEAD')
    return git('status', '--porcelain', '--', ...MADE_FROM) === '' ? head : `${head}, and changes that are in no commit`
  } catch {
    return 'not in a git checkout'
  }
}

function git(...argv: readonly string[]): string {
  return execFileSync('git', argv, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
