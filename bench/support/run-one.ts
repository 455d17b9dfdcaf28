import { pathToFileURL } from 'node:url'
import type { BenchRow } from './measure.ts'

/** What the parent process is told, function by function. */
export type BenchMessage = { readonly began: string } | { readonly rows: readonly BenchRow[] }

/** Runs every export of one benchmark's module whose name ends in `Benches`; a process of its own, so that it can be stopped. */
const measured = (await import(pathToFileURL(process.argv[2] as string).href)) as Readonly<
  Record<string, () => Promise<BenchRow[]>>
>
for (const [name, benches] of Object.entries(measured)) {
  if (!name.endsWith('Benches')) continue
  tell({ began: name })
  tell({ rows: await benches() })
}
process.disconnect()

function tell(message: BenchMessage): void {
  process.send?.(message)
}
