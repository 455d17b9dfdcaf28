import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { userCache } from '../devices/packages.ts'
import { phasesOf } from '../program/phases.ts'
import type { Program } from '../program/program.ts'
import type { DeviceName } from '../registry.ts'

/** What a device took, ms a step; or why it has no time. */
export type Measured =
  | { readonly device: DeviceName; readonly milliseconds: number }
  | { readonly device: DeviceName; readonly why: string }

const FORMAT = 'clvlab-auto'
const VERSION = 1

/** A file of the user's cache, of which nothing is lost when it is removed. */
export const answersFile = (): string => path.join(userCache(), 'auto.json')

/** Tells apart what is measured apart: this machine, the threads that a training may have, what is installed, and the shape of the network with its batch and rule. */
export function questionOf(program: Program, installed: readonly string[]): string {
  const shape = phasesOf(program).map(({ batch, steps, training }) => [
    batch,
    training?.rule.kind,
    steps.map(step => [step.op, step.inputs, step.shape]),
  ])
  const cpus = os.cpus()
  // a worker that has one thread to itself is another machine than one that has all
  const threads = process.env['CLVLAB_THREADS'] ?? os.availableParallelism()
  const machine = [os.hostname(), cpus[0]?.model, cpus.length, threads, process.platform, process.arch, process.versions.node]
  return createHash('sha256')
    .update(JSON.stringify([shape, machine, installed]))
    .digest('hex')
}

/** The kept answer; a file that is damaged, or of another version, holds none. */
export function keptAnswer(question: string): readonly Measured[] | undefined {
  return read()[question]
}

/** Keeps an answer: the file is written whole or stays as it was. A cache that cannot be written keeps nothing, and that is all. */
export function keepAnswer(question: string, answer: readonly Measured[]): void {
  const file = answersFile()
  const part = `${file}.${process.pid}.part`
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    const handle = fs.openSync(part, 'w')
    try {
      fs.writeSync(
        handle,
        `${JSON.stringify({ format: FORMAT, version: VERSION, answers: { ...read(), [question]: answer } })}\n`,
      )
      fs.fsyncSync(handle)
    } finally {
      fs.closeSync(handle)
    }
    fs.renameSync(part, file)
  } catch {
    fs.rmSync(part, { force: true })
  }
}

function read(): Readonly<Record<string, readonly Measured[]>> {
  try {
    const { format, version, answers } = JSON.parse(fs.readFileSync(answersFile(), 'utf8')) as Readonly<Record<string, unknown>>
    if (format !== FORMAT || version !== VERSION || typeof answers !== 'object' || answers === null) return {}
    return answers as Readonly<Record<string, readonly Measured[]>>
  } catch {
    return {}
  }
}
