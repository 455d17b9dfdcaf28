import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provenance } from '../report/index.ts'

/** The folder of package.json, above lib/ or dist/. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

type Facts = Pick<Provenance, 'notebook' | 'parameters' | 'data'> & Partial<Pick<Provenance, 'device'>>

/** What can differ between two runs stands under `run`; all else must be the same wherever the same thing is run. */
export function provenanceOf(facts: Facts, milliseconds: number): Provenance {
  const { version, dependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string
    dependencies: Record<string, string>
  }
  const named = (name: string): string => dependencies[name] ?? 'unknown'
  return {
    ...facts,
    versions: {
      clvlab: version,
      DuckDB: named('@duckdb/node-api'),
      TypeScript: named('typescript'),
      'vega-lite': named('vega-lite'),
    },
    device: facts.device ?? 'wasm (bit-identical on every machine)',
    run: {
      date: new Date().toISOString().slice(0, 10),
      duration: `${(milliseconds / 1000).toFixed(0)} s`,
      machine: `${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}`,
      commit: commit(),
    },
  }
}

/** Of a notebook that somebody ran elsewhere or before: what only the one who ran it could know is said not to be known. */
export function provenanceByHand(facts: Pick<Facts, 'notebook' | 'parameters'> & Partial<Facts>): Provenance {
  const { versions, run, ...known } = provenanceOf(
    { data: { title: 'not known: no cell showed its event log', checksum: 'not known' }, ...facts },
    0,
  )
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

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'not in a git checkout'
  }
}
