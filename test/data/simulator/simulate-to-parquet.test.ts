import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../lib/data/index.ts'
import { type Manifest, simulateToParquet } from '../../../lib/data/simulator/index.ts'
import { simulate } from '../../../lib/data/simulator/truth/index.ts'
import { scratch } from '../files.ts'

const { folder: root } = scratch()
const place = (name: string): string => path.join(root, name)

/** Runs code in a Node of its own on the compiled library, where worker threads can be had. */
function compiled(code: string) {
  const checkout = path.resolve(import.meta.dirname, '../../..')
  const link = (file: string): string => JSON.stringify(pathToFileURL(path.join(checkout, file)).href)
  const script = `await (await import(${link('bin/support/build.js')})).ensureBuilt()
    const { simulateToParquet } = await import(${link('dist/data/simulator/index.js')})
    ${code}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
}

describe('simulateToParquet', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const [one, two, other] = await Promise.all(
      [
        ['a', 1],
        ['b', 1],
        ['c', 2],
      ].map(([name, seed]) => simulateToParquet({ folder: place(String(name)), customers: 1000, seed: Number(seed) })),
    )
    expect(two).toEqual(one)
    expect(other?.checksum).not.toBe(one?.checksum)
    for (const file of [...Object.keys(one?.files ?? {}), 'manifest.json']) {
      expect(fs.readFileSync(path.join(place('a'), file)).equals(fs.readFileSync(path.join(place('b'), file)))).toBe(true)
    }
    expect(JSON.parse(fs.readFileSync(path.join(place('a'), 'manifest.json'), 'utf8'))).toEqual(one)
    expect(fs.readdirSync(place('a')).sort()).toEqual(['customers.parquet', 'events.parquet', 'manifest.json', 'truth'])
  })

  it('writes what is simulated in memory, and is opened without the truth', async () => {
    const manifest = await simulateToParquet({ folder: place('d'), customers: 300 })
    const histories = simulate({ customers: 300 })
    fs.rmSync(path.join(place('d'), 'truth'), { recursive: true })
    await using log = await openDataset(place('d'))
    expect(log.facts).toMatchObject({ customers: 300, checksum: manifest.checksum })
    expect(log.facts.counts.rowsOut).toBe(histories.reduce((sum, { events }) => sum + events.length, 0))
  })

  it('writes the same with one thread and with two, from sources and compiled', async () => {
    const source = await simulateToParquet({ folder: place('e'), customers: 20_000 })
    const { stdout, stderr } = compiled(`
      let workers = 0
      process.on('worker', () => { workers++ })
      const made = []
      for (const threads of [1, 2]) made.push(await simulateToParquet({ folder: ${JSON.stringify(place('f'))} + threads, customers: 20_000, threads }))
      console.log(JSON.stringify({ workers, made }))`)
    expect(stderr).toBe('')
    const { workers, made } = JSON.parse(stdout) as { readonly workers: number; readonly made: readonly Manifest[] }
    expect(workers).toBe(2)
    expect(made).toEqual([source, source])
  })

  it('tells progress up to the last customer', async () => {
    const told: number[] = []
    await simulateToParquet({
      folder: place('g'),
      customers: 4500,
      onProgress: (done, of) => {
        told.push(done, of)
      },
    })
    expect(told).toEqual([2000, 4500, 4000, 4500, 4500, 4500])
  })

  it('leaves nothing behind when it is stopped by an error or killed, and keeps what was there', async () => {
    await simulateToParquet({ folder: place('h'), customers: 5 })
    const before = fs.readFileSync(path.join(place('h'), 'manifest.json'), 'utf8')
    await expect(
      simulateToParquet({
        folder: place('h'),
        customers: 10,
        onProgress: () => {
          throw new Error('stop')
        },
      }),
    ).rejects.toThrow('stop')
    expect(fs.readdirSync(root).filter(name => name.startsWith('h'))).toEqual(['h'])
    const { signal } = compiled(
      `await simulateToParquet({ folder: ${JSON.stringify(place('h'))}, customers: 10, onProgress: () => { process.kill(process.pid, 'SIGKILL') } })`,
    )
    expect(signal).toBe('SIGKILL')
    expect(fs.readdirSync(root).filter(name => name.startsWith('h'))).toHaveLength(2)
    expect(fs.readFileSync(path.join(place('h'), 'manifest.json'), 'utf8')).toBe(before)
    await simulateToParquet({ folder: place('h'), customers: 10 })
    expect(fs.readdirSync(root).filter(name => name.startsWith('h'))).toEqual(['h'])
  })

  it('replaces an earlier simulated set alone', async () => {
    await simulateToParquet({ folder: place('i'), customers: 2 })
    expect((await simulateToParquet({ folder: place('i'), customers: 3 })).customers).toBe(3)
    fs.writeFileSync(path.join(place('i'), 'notes.txt'), 'mine')
    await expect(simulateToParquet({ folder: place('i'), customers: 1 })).rejects.toMatchObject({
      name: 'UsageError',
      code: 'folder-in-use',
    })
    expect(fs.readFileSync(path.join(place('i'), 'notes.txt'), 'utf8')).toBe('mine')
  })

  it.each([
    { folder: '' },
    { folder: undefined },
    { threads: 0 },
    { threads: 1.5 },
    { memoryLimit: 'much' },
    { memoryLimit: `1GB'` },
    { memoryLimit: 4 },
    { spend: {} },
    { nonsense: 1 },
  ])('refuses %j by name, and writes nothing', async options => {
    await expect(simulateToParquet({ folder: place('j'), customers: 1, ...options } as never)).rejects.toMatchObject({
      name: 'UsageError',
    })
    expect(fs.existsSync(place('j'))).toBe(false)
  })
})
