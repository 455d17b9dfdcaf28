import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { observe, openDataset, USUAL_WINDOWS, type EventLog } from '../lib/data/index.ts'
import { databaseOf } from '../lib/data/event-log.ts'
import { EMBEDDED, simulateToParquet } from '../lib/data/simulator/index.ts'
import { coreFeatures } from '../lib/features/index.ts'
import { arqueroFeatures } from './support/arquero-features.ts'
import { duckdbFeatures } from './support/duckdb-features.ts'
import type { FeatureColumns, Span } from './support/feature-columns.ts'
import { interleaved, type BenchRow } from './support/measure.ts'

const RUNS = 7
const SHARED = process.env['CLVLAB_SHARED'] ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../shared')
/** With about as many purchases as Online Retail has lines. */
const CUSTOMERS = 100_000

/**
 * From events in memory to the core features as columns, on a simulated log and on Online Retail where it is there: ours (`observe`
 * and `coreFeatures`: the window copied into a locked database of its own, money summed as decimals, a typed table) against one
 * query written by hand for a bare DuckDB, with doubles, and against Arquero alone. All three give the same columns, which is checked.
 */
export async function featureBenches(): Promise<BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-bench-'))
  try {
    const simulated = path.join(folder, 'simulated')
    await simulateToParquet({ folder: simulated, ...EMBEDDED, customers: CUSTOMERS })
    const rows = await measured(simulated, folder)
    const retail = path.join(SHARED, 'datasets/online-retail')
    if (fs.existsSync(retail)) rows.push(...(await measured(retail, folder)))
    else console.error(`  Online Retail is not at ${retail} (CLVLAB_SHARED names another folder): left out`)
    return rows
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

async function measured(dataset: string, scratch: string): Promise<BenchRow[]> {
  const log = await openDataset(dataset)
  const { observeFrom, cutoff, horizon } = USUAL_WINDOWS[log.facts.name] as Span
  const span: Span = { observeFrom, cutoff, horizon }
  const duckdb = await duckdbFeatures(await asParquet(log, path.join(scratch, `${log.facts.name}.parquet`)))
  const arquero = arqueroFeatures(await asColumns(log))
  try {
    const events = log.facts.counts.rowsOut.toLocaleString('en-US')
    return await interleaved<FeatureColumns>(
      `events to features, ${log.facts.title}, ${events} events`,
      [
        { title: 'clvlab', run: () => ours(log, span) },
        { title: 'a bare DuckDB query', run: () => duckdb.features(span) },
        { title: 'Arquero alone', run: async () => arquero(span) },
      ],
      { runs: RUNS, unit: 'ms', same: requireSame },
    )
  } finally {
    duckdb.close()
    log.close()
  }
}

async function ours(log: EventLog, span: Span): Promise<FeatureColumns> {
  const table = await coreFeatures(await observe(log, span), span)
  return Object.fromEntries(table.names.map(name => [name, table.column(name as 'spend')]))
}

async function asParquet(log: EventLog, file: string): Promise<string> {
  await databaseOf(log).run(
    `copy (select customer_id, ts, kind, cast(amount as double) as amount from events) to '${file}' (format parquet)`,
  )
  return file
}

async function asColumns(log: EventLog): Promise<FeatureColumns> {
  const table = await databaseOf(log).table<{ customer_id: string; kind: string; time: number; amount: number }>(
    'select customer_id, kind, cast(epoch_ms(ts) as double) as time, cast(amount as double) as amount from events',
    'observed',
  )
  return Object.fromEntries(table.names.map(name => [name, table.column(name as 'time')]))
}

/** Errors where a peer leaves a column out or another customer in, or differs by more than rounding (doubles, not decimals, in theirs). */
function requireSame(own: FeatureColumns, theirs: FeatureColumns, title: string): void {
  for (const [name, values] of Object.entries(own)) {
    const others = theirs[name] ?? []
    const scale = Math.max(
      1,
      ...Array.from(values, each => (typeof each === 'number' && Number.isFinite(each) ? Math.abs(each) : 0)),
    )
    const same = (a: unknown, b: unknown): boolean =>
      typeof a === 'number'
        ? Number.isNaN(a)
          ? b === null || Number.isNaN(b)
          : Math.abs(a - (b as number)) <= 1e-9 * scale
        : a === b
    const at = Array.from(values).findIndex((each, i) => !same(each, others[i]))
    if (at !== -1 || others.length !== values.length) {
      throw new Error(`${title} differs from ours in "${name}", row ${at}: ${String(others[at])}, not ${String(values[at])}`)
    }
  }
}
