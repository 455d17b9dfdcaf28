import { EngineError } from '../../../errors/index.ts'
import { joinFloats } from '../../../numeric/index.ts'
import type { Device, EpochOptions, EpochResult, Key, Memory, Rows, Runner, State } from '../../device.ts'
import { dimsOf, elements } from '../../graph/shape.ts'
import {
  everyInput,
  everyParameter,
  phasesOf,
  rateAt,
  rateOf,
  shapeOfPlaced,
  trainedBy,
  type Placed,
} from '../../program/phases.ts'
import type { Program } from '../../program/program.ts'
import { slotsOf } from '../../program/update-rule.ts'
import { epochOrder, type RandomKey } from '../../random.ts'
import { notFinite } from '../not-finite.ts'
import { Pace } from '../pace.ts'
import { resultOf } from '../result-of.ts'
import { batches, drawsAt, stepOf, valuesFor } from '../rows.ts'
import type { Tensor, TensorFlow } from './api.ts'
import { guarded } from './guarded.ts'
import { evaluate, requireOperations, type Surroundings } from './operations.ts'
import { clipped, total, update, type Kept } from './update.ts'

export interface TensorFlowOptions {
  /** How the device is called: `tensorflow:cpu`, `webgpu`. */
  readonly name: string
  /** The backend of TensorFlow.js: `cpu`, `wasm`, `tensorflow` (native), `webgpu`. */
  readonly backend: string
  /** See `Device.tolerance`. */
  readonly tolerance: number
  /** See `Device.about`. */
  readonly about?: string
  /** What the backend complained of where nobody was listening: a result after it is worth nothing. */
  readonly complaint?: () => Error | undefined
}

/**
 * Programs on TensorFlow.js, operation by operation: slower than `wasm` for small steps, faster for wide networks where its backend is
 * native or a graphics card. Not exact: the order of additions is the backend's.
 */
export function tensorFlowDevice(tf: TensorFlow, { name, backend, tolerance, about, complaint }: TensorFlowOptions): Device {
  return {
    name,
    exact: false,
    tolerance,
    ...(about === undefined ? {} : { about }),
    prepare: async program => {
      phasesOf(program).forEach(requireOperations)
      await use(tf, backend)
      return guarded(new TensorFlowRunner(tf, backend, program), name, complaint)
    },
  }
}

/** With no adapter TensorFlow.js goes on with another backend and says nothing: that is an error here. */
async function use(tf: TensorFlow, backend: string): Promise<void> {
  if (tf.getBackend() === backend) return
  const there = await tf.setBackend(backend).catch(() => false)
  if (there) await tf.ready()
  if (there && tf.getBackend() === backend) return
  throw new EngineError({
    code: 'no-backend',
    what: `TensorFlow.js cannot start its backend "${backend}"`,
    remedy: 'use the wasm device, or install what the backend needs',
  })
}

class TensorFlowRunner implements Runner {
  readonly program: Program
  private readonly tf: TensorFlow
  private readonly backend: string
  private kept: ReadonlyMap<string, Kept>
  private steps = 0
  private data: { readonly rows: Rows; readonly tensors: ReadonlyMap<string, Tensor> } | undefined

  constructor(tf: TensorFlow, backend: string, program: Program) {
    this.tf = tf
    this.backend = backend
    this.program = program
    this.kept = new Map(
      everyParameter(program).map(placed => [
        placed.port.name,
        this.fresh(new Float32Array(elements(shapeOfPlaced(placed), 0)), placed),
      ]),
    )
  }

  memory(rows: number): Memory {
    const phases = phasesOf(this.program)
    const sum = (values: readonly number[]): number => 4 * values.reduce((all, each) => all + each, 0)
    const parameters = sum(everyParameter(this.program).map(placed => elements(shapeOfPlaced(placed), 0)))
    const training = sum(
      phases.flatMap(phase => trainedBy(phase).map(port => elements(stepOf(phase, port).shape, 0) * (1 + slotsIn(phase)))),
    )
    const arena = Math.max(...phases.map(({ steps, batch }) => sum(steps.map(({ shape }) => elements(shape, batch)))))
    const data = sum(everyInput(this.program).map(placed => elements(shapeOfPlaced(placed), rows)))
    return { parameters, training, arena, data, total: parameters + training + arena + data }
  }

  load(parameters: Readonly<Record<string, Float32Array>>): void {
    const fresh = new Map(
      everyParameter(this.program).map(placed => [
        placed.port.name,
        this.fresh(valuesFor(placed.phase, placed.port, parameters, 0), placed),
      ]),
    )
    release(this.kept)
    this.kept = fresh
    this.steps = 0
  }

  async state(): Promise<State> {
    await use(this.tf, this.backend)
    const read = async (name: string, slot: keyof Kept): Promise<Float32Array> =>
      Float32Array.from(await (this.kept.get(name) as Kept)[slot].data())
    const parameters: Record<string, Float32Array> = {}
    for (const name of this.kept.keys()) parameters[name] = await read(name, 'value')
    const slots: Float32Array[] = []
    for (const phase of phasesOf(this.program)) {
      for (const slot of SLOTS.slice(0, slotsIn(phase)))
        slots.push(joinFloats(await Promise.all(trainedBy(phase).map(async ({ name }) => await read(name, slot)))))
    }
    return { parameters, slots, step: this.steps }
  }

  restore(state: State): void {
    this.load(state.parameters)
    this.steps = state.step
    const kept = new Map(this.kept)
    let next = 0
    for (const phase of phasesOf(this.program)) {
      for (const slot of SLOTS.slice(0, slotsIn(phase))) {
        const saved = state.slots[next++] ?? new Float32Array()
        let at = 0
        for (const { name } of trainedBy(phase)) {
          const old = kept.get(name) as Kept
          kept.set(name, { ...old, [slot]: this.held(saved.slice(at, at + old.value.size), old.value.shape) })
          at += old.value.size
        }
      }
    }
    release(this.kept, kept)
    this.kept = kept
  }

  async run(
    rows: Rows,
    random: Key & { readonly step: number } = { key0: 0, key1: 0, step: 0 },
  ): Promise<Readonly<Record<string, Float32Array>>> {
    const parts = new Map(this.program.outputs.map(({ name }) => [name, [] as Float32Array[]]))
    for (const { start, count } of batches(this.program, rows)) {
      await use(this.tf, this.backend)
      const outputs = this.scoped(() => {
        const inputs = new Map(
          this.program.inputs.map(port => {
            const values = valuesFor(this.program, port, rows.inputs, rows.rows)
            const columns = values.length / rows.rows
            return [
              port.name,
              this.tf.tensor(
                values.slice(start * columns, (start + count) * columns),
                dimsOf(stepOf(this.program, port).shape, count),
              ),
            ]
          }),
        )
        const values = evaluate(this.tf, this.program, this.around(count, drawsAt(random, start, this.program.batch), inputs))
        return this.program.outputs.map(({ step }) => this.tf.keep(values[step] as Tensor))
      })
      for (const [i, { name }] of this.program.outputs.entries())
        parts.get(name)?.push(Float32Array.from(await (outputs[i] as Tensor).data()))
      // two outputs may be one, and one may be a parameter
      const held = new Set([...this.kept.values()].map(({ value }) => value))
      for (const tensor of new Set(outputs)) if (!held.has(tensor)) tensor.dispose()
    }
    return Object.fromEntries([...parts].map(([name, each]) => [name, joinFloats(each)]))
  }

  bind(data: Rows): void {
    const tensors = everyInput(this.program).map(
      ({ phase, port }) =>
        [
          port.name,
          this.held(valuesFor(phase, port, data.inputs, data.rows), dimsOf(stepOf(phase, port).shape, data.rows)),
        ] as const,
    )
    this.unbind()
    this.data = { rows: data, tensors: new Map(tensors) }
  }

  async epoch({ seed, epoch, shuffle = true, rate, from, ...asked }: EpochOptions): Promise<EpochResult> {
    const { training, batch } = this.program
    const { data } = this
    if (training === undefined || data === undefined)
      throw new EngineError({
        code: 'not-trainable',
        what: 'an epoch of a program without loss or data',
        remedy: 'compile with `training` and bind the data first',
      })
    const { rows } = data.rows
    const order = shuffle ? epochOrder(rows, seed.key0, seed.key1, epoch) : Uint32Array.from({ length: rows }, (_, i) => i)
    const phases = phasesOf(this.program)
    const sums = phases.map((_, i) => from?.sums[i] ?? 0)
    const of = Math.ceil(rows / batch)
    const rates = phases.map((phase, i) => rateOf(phase, rate, i, of))
    const pace = new Pace()
    let made = from?.steps ?? 0
    const tell = (): void => asked.onSteps?.({ steps: made, sums: [...sums] }, of)
    pace.start()
    for (let start = made * batch; start < rows; start += batch) {
      await use(this.tf, this.backend)
      const chosen = Int32Array.from(order.subarray(start, Math.min(start + batch, rows)))
      const random = { key0: seed.key0, key1: seed.key1, step: this.steps }
      for (const [i, phase] of phases.entries()) {
        const { told, kept } = this.scoped(() => this.step(phase, chosen, random, rateAt(rates[i] ?? 0, made)))
        const [value, slopes] = (await told.data()) as unknown as readonly [number, number]
        told.dispose()
        if (!Number.isFinite(value) || !Number.isFinite(slopes)) {
          release(kept, this.kept)
          throw notFinite(phase, { rows: chosen.length, random, given: await this.plain(chosen) }, { epoch, batch: made })
        }
        release(this.kept, kept)
        this.kept = kept
        sums[i] = (sums[i] as number) + value * chosen.length
      }
      this.steps++
      made++
      if (await pace.rest(asked, tell)) break
    }
    return resultOf({ steps: made, sums }, of, rows, batch)
  }

  dispose(): void {
    this.unbind()
    release(this.kept)
    this.kept = new Map()
  }

  /** One step of training: the loss and a number that is finite when every gradient is, to be read at once, and the parameters afterwards. */
  private step(
    phase: Program,
    chosen: Int32Array,
    random: RandomKey,
    rate: number,
  ): { readonly told: Tensor; readonly kept: ReadonlyMap<string, Kept> } {
    const training = phase.training as NonNullable<Program['training']>
    const indices = this.tf.tensor1d(chosen, 'int32')
    const inputs = new Map([...(this.data?.tensors ?? [])].map(([name, all]) => [name, this.tf.gather(all, indices)]))
    const values = evaluate(this.tf, phase, this.around(chosen.length, random, inputs))
    const slopes = training.gradients.map(step => values[step] as Tensor)
    // not times 0: a driver may take that for 0 whatever it is
    const finite = total(
      this.tf,
      slopes.map(slope => this.tf.sum(this.tf.abs(slope))),
    )
    const kept = new Map(this.kept)
    const held = clipped(this.tf, training.rule.clip, slopes)
    trainedBy(phase).forEach(({ name }, i) =>
      kept.set(name, update(this.tf, training.rule, rate, kept.get(name) as Kept, held[i] as Tensor, this.steps + 1)),
    )
    kept.forEach(each => Object.values(each).forEach((tensor: Tensor) => this.tf.keep(tensor)))
    const scalars = [values[training.loss] as Tensor, finite].map(each => this.tf.reshape(each, [1]))
    return { told: this.tf.keep(this.tf.concat(scalars, 0)), kept }
  }

  private around(rows: number, random: RandomKey, inputs: ReadonlyMap<string, Tensor>): Surroundings {
    return { rows, random, given: (op, name) => (op === 'parameter' ? this.kept.get(name)?.value : inputs.get(name)) as Tensor }
  }

  /** What the reference needs to run a batch again. */
  private async plain(chosen: Int32Array): Promise<(op: 'input' | 'parameter', name: string) => ArrayLike<number>> {
    const { parameters } = await this.state()
    const rows = this.data?.rows as Rows
    return (op, name) => {
      if (op === 'parameter') return parameters[name] as Float32Array
      const values = rows.inputs[name] as Float32Array
      const columns = values.length / rows.rows
      return Float32Array.from(
        { length: chosen.length * columns },
        (_, i) => values[(chosen[Math.floor(i / columns)] as number) * columns + (i % columns)] as number,
      )
    }
  }

  /** Runs with every tensor freed afterwards that was not kept. */
  private scoped<T>(run: () => T): T {
    const engine = this.tf.engine()
    engine.startScope()
    try {
      return run()
    } finally {
      engine.endScope()
    }
  }

  private fresh(values: Float32Array, placed: Placed): Kept {
    const dims = dimsOf(shapeOfPlaced(placed), 0)
    const zeros = (): Tensor => this.held(new Float32Array(values.length), dims)
    return { value: this.held(values.slice(), dims), first: zeros(), second: zeros() }
  }

  private held(values: Float32Array, dims: readonly number[]): Tensor {
    return this.tf.keep(this.tf.tensor(values, dims))
  }

  private unbind(): void {
    this.data?.tensors.forEach(tensor => tensor.dispose())
    this.data = undefined
  }
}

const SLOTS = ['first', 'second'] as const
const slotsIn = ({ training }: Program): number => (training === undefined ? 0 : slotsOf(training.rule))

/** Frees tensors, but those that others still hold: a step leaves what it does not change as it is. */
function release(kept: ReadonlyMap<string, Kept>, but: ReadonlyMap<string, Kept> = new Map()): void {
  const tensors = (from: ReadonlyMap<string, Kept>): readonly Tensor[] =>
    [...from.values()].flatMap(({ value, first, second }) => [value, first, second])
  const held = new Set(tensors(but))
  for (const tensor of tensors(kept)) if (!held.has(tensor)) tensor.dispose()
}
