import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { provenanceByHand, provenanceOf, ROOT } from '../../lib/cli/provenance.ts'

const facts = { notebook: 'n.ipynb', parameters: { seed: 1 }, data: { title: 'Shop', checksum: 'abc' } }

test('versions are those of the package, whole', () => {
  const { version, dependencies } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string
    dependencies: Record<string, string>
  }
  expect(provenanceOf(facts, 1500).versions).toEqual({
    clvlab: version,
    DuckDB: dependencies['@duckdb/node-api'],
    TypeScript: dependencies['typescript'],
    'vega-lite': dependencies['vega-lite'],
  })
})

test('what may differ stands under run, and nothing else depends on when it ran', () => {
  const [one, two] = [provenanceOf(facts, 1500), provenanceOf(facts, 99_000)]
  expect(one.run).toMatchObject({
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    duration: '2 s',
    machine: expect.stringContaining(`Node ${process.versions.node}`) as string,
    commit: expect.stringMatching(/^[0-9a-f]{7,}(?:, and changes that are in no commit)?$|^not in a git checkout$/) as string,
  })
  expect({ ...one, run: 0 }).toEqual({ ...two, run: 0 })
  expect(two.run.duration).toBe('99 s')
})

test('by hand, what only the one who ran it could know is not claimed', () => {
  const { data, device, run, versions } = provenanceByHand({ notebook: 'n.ipynb', parameters: {} })
  expect([data.checksum, device]).toEqual(['not known', 'not known'])
  expect(Object.values(run).every(fact => /not known|exported/.test(fact))).toBe(true)
  expect(Object.values(versions).every(version => version.endsWith('(at the export)'))).toBe(true)
  expect(provenanceByHand(facts).data).toEqual(facts.data)
})

test('by hand, what the run has kept in its notebook is told as it was', () => {
  const ran = {
    versions: { clvlab: '0.0.9' },
    run: { date: '2026-01-02', duration: '3 s', machine: 'another', commit: 'c0ffee' },
  }
  expect(provenanceByHand({ ...facts, ran })).toEqual({ ...facts, ...ran, device: 'wasm (bit-identical on every machine)' })
})
