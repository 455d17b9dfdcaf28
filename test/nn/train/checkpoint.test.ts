import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { FormatError } from '../../../lib/errors/index.ts'
import {
  adam,
  cosineDecay,
  exponentialAverage,
  momentum,
  perStep,
  readCheckpoint,
  train,
  warmUp,
  type TrainOptions,
} from '../../../lib/nn/index.ts'
import { Seed } from '../../../lib/numeric/index.ts'
import { scratch } from '../../data/files.ts'
import { deep, labelled } from './lines.ts'

const { folder } = scratch()
const place = (name: string): string => path.join(folder, name)
const seed = Seed.of(6)
const data = labelled(90)
const common: TrainOptions = {
  epochs: 7,
  seed,
  validation: labelled(40),
  earlyStopping: { patience: 5 },
  averaging: exponentialAverage(0.5),
}

describe('checkpoints', () => {
  it.each([
    ['adam', adam(), undefined],
    ['momentum', momentum(), undefined],
    ['adam, a rate each step', adam(), perStep(warmUp(7, cosineDecay(0.01)))],
  ] as const)(
    'a training taken up after three epochs ends with the bytes of one that was not broken off (%s)',
    async (name, optimiser, given) => {
      // the schedule of seven epochs, also where it is broken off after three
      const schedule = given && perStep(step => given.perStep(step, 21))
      const base = { ...common, ...(schedule && { schedule }) }
      const whole = await train(deep, data, { ...base, optimiser })
      const checkpoint = { file: place(`broken-${name}`) }
      const broken = await train(deep, data, { ...base, optimiser, epochs: 3, checkpoint })
      expect(broken.history).toEqual(whole.history.slice(0, 3))
      const heard: number[] = []
      const resumed = await train(deep, data, {
        ...base,
        optimiser,
        checkpoint,
        onProgress: ({ epoch }) => void heard.push(epoch),
      })
      expect(heard).toEqual([4, 5, 6, 7])
      expect(resumed).toEqual(whole)
    },
  )

  it('is written every so many epochs and at the end, and never half', async () => {
    const file = place('every')
    const seen: (number | undefined)[] = []
    await train(deep, data, {
      epochs: 5,
      seed,
      checkpoint: { file, every: 2 },
      onProgress: () => void seen.push(fs.existsSync(file) ? fs.statSync(file).size : undefined),
    })
    expect(seen.map(size => size !== undefined)).toEqual([false, true, true, true, true])
    expect((await readCheckpoint(file))?.history).toHaveLength(5)
    expect(fs.readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('a finished training is not trained again', async () => {
    const checkpoint = { file: place('finished') }
    const first = await train(deep, data, { epochs: 2, seed, checkpoint })
    expect(await train(deep, data, { epochs: 2, seed, checkpoint, onProgress: () => expect.fail('it trained again') })).toEqual(
      first,
    )
  })

  it('refuses a file that is foreign, truncated, damaged or newer, and leaves it as it is', async () => {
    const file = place('bad')
    const options = { epochs: 2, seed, checkpoint: { file } }
    await train(deep, data, options)
    const good = fs.readFileSync(file)
    const flipped = Buffer.from(good)
    flipped[good.length - 3] = (flipped[good.length - 3] as number) ^ 1
    for (const [code, bytes] of [
      ['foreign', 'a,b\n1,2\n'],
      ['truncated', good.subarray(0, good.length - 5)],
      ['damaged', flipped],
      ['newer-version', good.toString('latin1').replace('"version":2', '"version":9')],
    ] as const) {
      fs.writeFileSync(file, bytes, 'latin1')
      const failed = train(deep, data, options)
      await expect(failed).rejects.toThrow(FormatError)
      await expect(failed).rejects.toMatchObject({ code, where: file })
      expect(fs.readFileSync(file)).toEqual(Buffer.from(bytes as string, 'latin1'))
    }
  })

  it('refuses the checkpoint of another seed, other data, another optimiser', async () => {
    const checkpoint = { file: place('other') }
    await train(deep, data, { epochs: 1, seed, checkpoint })
    for (const [rows, changes] of [
      [data, { seed: Seed.of(7) }],
      [labelled(91), {}],
      [data, { optimiser: adam({ rate: 0.01 }) }],
      [data, { batch: 16 }],
    ] as const) {
      await expect(train(deep, rows, { epochs: 1, seed, checkpoint, ...changes })).rejects.toThrow(
        /another network, optimiser, data or seed/,
      )
    }
  })

  it('is whole after `kill -9` in the middle, and goes on to the same bytes', async () => {
    const file = place('killed')
    const link = (name: string): string => JSON.stringify(pathToFileURL(path.resolve(import.meta.dirname, '../../..', name)).href)
    const script = `
      await (await import(${link('bin/support/build.js')})).ensureBuilt()
      const { train, network, dense, dropout, binaryCrossEntropy } = await import(${link('dist/nn/index.js')})
      const { Seed } = await import(${link('dist/numeric/index.js')})
      const deep = network({ columns: 2, layers: [dense(16, { activation: 'relu' }), dropout(0.2), dense(1)], loss: binaryCrossEntropy })
      const { rows, x, y } = JSON.parse(process.argv[1])
      await train(deep, { rows, x: Float32Array.from(x), y: Float32Array.from(y) }, {
        epochs: 1e6, seed: Seed.of(6), checkpoint: { file: ${JSON.stringify(file)} }, onProgress: ({ epoch }) => console.log(epoch),
      })`
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      JSON.stringify({ rows: data.rows, x: [...data.x], y: [...data.y] }),
    ])
    let said = ''
    const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.stdout.on('data', chunk => {
        said += String(chunk)
        if (said.split('\n').length > 5) child.kill('SIGKILL')
      })
      child.on('error', reject)
      child.on('close', (_, how) => resolve(how))
    })
    expect(signal).toBe('SIGKILL')
    const done = (await readCheckpoint(file))?.history.length as number
    expect(done).toBeGreaterThanOrEqual(5)
    const resumed = await train(deep, data, { epochs: done + 5, seed, checkpoint: { file } })
    expect(resumed).toEqual(await train(deep, data, { epochs: done + 5, seed }))
  })
})
