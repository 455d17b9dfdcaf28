import { isMainThread } from 'node:worker_threads'
import type { DeviceName } from '../registry.ts'
import { nativePackages, probe } from '../devices/tensorflow/native.ts'
import { probeWebgpu, webgpuPlace } from '../devices/webgpu/packages.ts'
import type { Job } from './difference.ts'
import { answersFile, keepAnswer, keptAnswer, questionOf, type Measured } from './kept-answers.ts'
import { LIMIT, tried } from './in-trial.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { wideGain } from './wide-gain.ts'

/** The devices that work here, the fastest for this training first, and in one line why. */
export interface Ranking {
  readonly devices: readonly DeviceName[]
  readonly line: string
  /** The same for results, whenever it was measured. */
  readonly choice: string
}

/** A device beside `wasm` that works here; `about` tells one installation from another. */
interface Present {
  readonly device: DeviceName
  readonly about: string
}

/** Who could be chosen in this thread. `reference` and TensorFlow.js on portable backends are never faster than `wasm`, and are not asked. */
export function present(): readonly Present[] {
  const native = nativePackages().flatMap(found => {
    const probed = probe(found)
    return probed.works ? [`${found.name} ${probed.version} ${probed.gpu ? 'gpu' : 'cpu'} ${found.from}`] : []
  })
  const place = isMainThread ? webgpuPlace() : undefined
  const gpu = place === undefined ? undefined : probeWebgpu(place)
  return [
    ...native.slice(0, 1).map(about => ({ device: 'tensorflow:native', about }) as const),
    ...(gpu?.works === true ? [{ device: 'webgpu', about: `${gpu.adapter.title} ${place}` } as const] : []),
  ]
}

/** Whether trainings that are asked for by this name belong in the main thread: those that a graphics card may make by WebGPU. */
export function wantsMainThread(choice: DeviceName | 'auto'): boolean {
  if (choice !== 'auto') return choice === 'webgpu'
  const place = webgpuPlace()
  const probed = place === undefined ? undefined : probeWebgpu(place)
  return probed?.works === true && !probed.adapter.software
}

/**
 * Times some steps of a training on every device that works here, the first time that this machine meets a network of its shape; later the kept
 * answer is taken. Each is timed in a process of its own, one after the other, and one training at a time: where several threads or processes ask, the
 * first measures and the others take its answer. With `wasm` alone nothing is timed.
 */
export async function ranked(job: Job): Promise<Ranking> {
  const others = present()
  const gain = wideGain(
    job.program,
    others.some(({ device }) => device === 'tensorflow:native'),
  )
  const hint = gain === undefined ? '' : `; ${gain}`
  if (others.length === 0) {
    const line = `auto took wasm, for no other device works here${hint}`
    return { devices: ['wasm'], line, choice: line }
  }
  const question = questionOf(
    job.program,
    others.map(({ about }) => about),
  )
  const { answer, isNew } = await answered(question, ['wasm', ...others.map(({ device }) => device)], job)
  const timed = answer.flatMap(each => ('milliseconds' in each ? [each] : [])).toSorted((a, b) => a.milliseconds - b.milliseconds)
  const failed = answer.flatMap(each => ('why' in each ? [`${each.device}: ${each.why}`] : []))
  const devices: DeviceName[] = timed.map(({ device }) => device)
  const times = timed.map(({ device, milliseconds }) => `${device} ${milliseconds.toPrecision(3)}`).join(', ')
  const told = (when: string): string =>
    `auto took ${devices[0] ?? 'wasm'}: ms a step${when}: ${times || 'none'}${failed.length === 0 ? '' : ` (${failed.join('; ')})`}${hint}`
  return {
    devices: devices.includes('wasm') ? devices : [...devices, 'wasm'],
    line: told(isNew ? ' measured now' : ' as measured before'),
    choice: told(''),
  }
}

async function answered(
  question: string,
  devices: readonly DeviceName[],
  job: Job,
): Promise<{ readonly answer: readonly Measured[]; readonly isNew: boolean }> {
  const kept = keptAnswer(question)
  if (kept !== undefined) return { answer: kept, isNew: false }
  return await oneAtATime(`${answersFile()}.lock`, devices.length * 2 * LIMIT, async () => {
    const meanwhile = keptAnswer(question)
    if (meanwhile !== undefined) return { answer: meanwhile, isNew: false }
    const answer = await measured(devices, job)
    // where not even wasm could be timed, something else is wrong
    if (answer.some(each => each.device === 'wasm' && 'milliseconds' in each)) keepAnswer(question, answer)
    return { answer, isNew: true }
  })
}

async function measured(devices: readonly DeviceName[], job: Job): Promise<readonly Measured[]> {
  const answers: Measured[] = []
  for (const device of devices) {
    const answer = await tried(device, job)
    answers.push('why' in answer ? { device, why: answer.why } : { device, milliseconds: answer.milliseconds })
  }
  return answers
}
