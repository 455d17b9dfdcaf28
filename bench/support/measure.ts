/** One line of the table: a ratio above 1 means that ours is faster. */
export interface BenchRow {
  readonly name: string
  /** Medians, in `unit`; null for what was not run. */
  readonly ours: number | null
  readonly peer: number | null
  /** peer / ours. */
  readonly ratio: number | null
  readonly unit: 'ms' | 's'
  readonly runs: number
}

/** One way of doing the task. What it returns lets the benchmark check that all did the same. */
export interface Contender<R> {
  readonly title: string
  readonly run: () => Promise<R>
}

/**
 * Times ours and its peers in turn, `runs` turns after one that warms up; `same` is called with ours and each peer's result of that
 * first turn and throws where they differ. Rows of medians.
 */
export async function interleaved<R>(
  task: string,
  [ours, ...peers]: readonly [Contender<R>, ...Contender<R>[]],
  {
    runs,
    unit,
    same,
  }: { readonly runs: number; readonly unit: 'ms' | 's'; readonly same: (ours: R, peer: R, title: string) => void },
): Promise<BenchRow[]> {
  const contenders = [ours, ...peers]
  const first: R[] = []
  const report = turns(task, runs + 1)
  for (const { run } of contenders) first.push(await run())
  report()
  peers.forEach(({ title }, i) => same(first[0] as R, first[i + 1] as R, title))
  const times = contenders.map((): number[] => [])
  for (let turn = 0; turn < runs; turn++) {
    for (const [i, { run }] of contenders.entries()) {
      const began = performance.now()
      await run()
      times[i]?.push((performance.now() - began) / (unit === 's' ? 1000 : 1))
    }
    report()
  }
  const own = median(times[0] as number[])
  return peers.map(({ title }, i) => {
    const theirs = median(times[i + 1] as number[])
    return { name: `${task}, against ${title}`, ours: own, peer: theirs, ratio: theirs / own, unit, runs }
  })
}

/** A function that says, at the end of each turn, which one it was and when the last will be over, if it is longer than a few seconds. */
export function turns(task: string, count: number): () => void {
  const began = performance.now()
  let done = 0
  return () => {
    const seconds = (performance.now() - began) / 1000
    const left = (seconds / ++done) * (count - done)
    if (seconds / done > 2)
      console.error(`  ${task}: turn ${done} of ${count}, ${seconds.toFixed(0)} s, about ${left.toFixed(0)} s left`)
  }
}

/** Of one value or more; the mean of the middle two of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}
