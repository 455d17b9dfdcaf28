import type { Pace, Rows, Runner } from '../../engine/index.ts'
import { joinFloats } from '../../numeric/index.ts'

/**
 * What `runner.run` answers, some batches at a time, so that the process can do what else waits meanwhile. Undefined where the signal ends it first.
 * Errors: `EngineError` (`interrupted`) in a notebook cell that was.
 */
export async function inBouts(
  runner: Runner,
  { rows, inputs }: Rows,
  pace: Pace,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, Float32Array>> | undefined> {
  const { batch, outputs } = runner.program
  const steps = Math.ceil(rows / batch)
  const parts: Readonly<Record<string, Float32Array>>[] = []
  pace.start()
  for (let step = 0; step < steps;) {
    const bout = pace.bout(steps - step)
    const [start, end] = [step * batch, Math.min(rows, (step + bout) * batch)]
    parts.push(
      await runner.run({
        rows: end - start,
        inputs: Object.fromEntries(
          Object.entries(inputs).map(([name, values]) => {
            const columns = values.length / rows
            return [name, values.subarray(start * columns, end * columns)]
          }),
        ),
      }),
    )
    pace.made(bout)
    step += bout
    if (step < steps && (await pace.rest(signal && { signal }))) return undefined
  }
  return Object.fromEntries(outputs.map(({ name }) => [name, joinFloats(parts.map(part => part[name] as Float32Array))]))
}
