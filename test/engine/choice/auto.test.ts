import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { tried } from '../../../lib/engine/choice/in-trial.ts'
import { questionOf } from '../../../lib/engine/choice/kept-answers.ts'
import { wideGain } from '../../../lib/engine/choice/wide-gain.ts'
import { answersFile, compile, ranked, type Job } from '../../../lib/engine/index.ts'
import { designNetwork, rowsFor, startValues } from '../design-network.ts'
import { fakeNative } from './fake-native.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clvlab-auto-'))
const native = fakeNative(path.join(folder, 'native'))
afterAll(() => {
  fs.rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})
beforeAll(async () => {
  const { ensureBuilt } = (await import(
    pathToFileURL(path.resolve(import.meta.dirname, '../../../bin/support/build.js')).href
  )) as { readonly ensureBuilt: () => Promise<unknown> }
  await ensureBuilt()
})
beforeEach(() => {
  fs.rmSync(path.join(folder, 'cache'), { recursive: true, force: true })
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'))
  vi.stubEnv('CLVLAB_WEBGPU', path.join(folder, 'nothing'))
  vi.stubEnv('CLVLAB_TENSORFLOW', path.join(folder, 'nothing'))
})

const job = (batch: number, layers?: readonly (readonly [number, number])[]): Job => ({
  program: compile({ batch, training: { loss: designNetwork(0.5, layers).loss, rule: { kind: 'sgd', rate: 0.1 } } }),
  start: startValues(layers),
  rows: rowsFor(64, layers?.[0]?.[0]),
  seed: { key0: 1, key1: 2 },
})

describe('auto', () => {
  it('takes wasm where there is nothing else, measures nothing and keeps nothing', async () => {
    const line = 'auto took wasm, for no other device works here'
    expect(await ranked(job(32))).toEqual({ devices: ['wasm'], line, choice: line })
    expect(fs.existsSync(answersFile())).toBe(false)
  })

  it('says what a wide network would gain from a native device that is not there', async () => {
    const { line } = await ranked(
      job(256, [
        [256, 512],
        [512, 512],
        [512, 1],
      ]),
    )
    expect(line).toMatch(
      /a native TensorFlow would train a network this wide about .* as fast \(`clvlab doctor --install tensorflow`\)/,
    )
    expect(wideGain(job(32).program, false)).toBeUndefined()
  })

  it('measures once on each device that works, keeps the answer, and says both in a line', async () => {
    vi.stubEnv('CLVLAB_TENSORFLOW', native)
    const first = await ranked(job(32))
    expect(first.devices).toEqual(['wasm', 'tensorflow:native'])
    expect(first.line).toMatch(/^auto took wasm: ms a step measured now: wasm [\d.]+, tensorflow:native [\d.]+$/)
    const { answers } = JSON.parse(fs.readFileSync(answersFile(), 'utf8')) as { answers: object }
    expect(Object.keys(answers)).toHaveLength(1)
    expect((await ranked(job(32))).line).toBe(first.line.replace('measured now', 'as measured before'))
    expect((await ranked(job(32))).choice).toBe(first.line.replace(' measured now', ''))
    // another batch is another question
    expect((await ranked(job(16))).line).toContain('measured now')
  })

  it('measures once where several ask at the same time', async () => {
    vi.stubEnv('CLVLAB_TENSORFLOW', native)
    const lines = (await Promise.all([ranked(job(32)), ranked(job(32)), ranked(job(32))])).map(({ line }) => line)
    expect(lines.filter(line => line.includes('measured now'))).toHaveLength(1)
    expect(new Set(lines.map(line => line.replace('measured now', 'as measured before'))).size).toBe(1)
    expect(fs.readdirSync(path.dirname(answersFile()))).toEqual(['auto.json'])
  })

  it('measures apart what a worker with one thread and one with all would take', () => {
    const { program } = job(32)
    vi.stubEnv('CLVLAB_THREADS', '1')
    const one = questionOf(program, [])
    vi.stubEnv('CLVLAB_THREADS', '7')
    expect(questionOf(program, [])).not.toBe(one)
  })

  it('measures anew where the kept answers are damaged', async () => {
    vi.stubEnv('CLVLAB_TENSORFLOW', native)
    fs.mkdirSync(path.dirname(answersFile()), { recursive: true })
    fs.writeFileSync(answersFile(), '{"format":"clvlab-auto","version":1,"ans')
    expect((await ranked(job(32))).line).toContain('measured now')
    expect((await ranked(job(32))).line).toContain('as measured before')
  })
})

describe('a trial', () => {
  it('of a device that does not work says why, and does no harm', async () => {
    expect(await tried('webgpu', job(32))).toEqual({ why: 'the packages of WebGPU are not installed' })
    vi.stubEnv('CLVLAB_TENSORFLOW', fakeNative(path.join(folder, 'full'), 30))
    expect(await tried('tensorflow:native', job(32))).toEqual({
      why: 'the device tensorflow:native failed: OOM when allocating tensor with shape[1024,1024]',
    })
  })

  it('ends by its limit', async () => {
    expect(await tried('reference', job(32), 1)).toEqual({ why: 'it took longer than 0.001 s' })
  })
})
