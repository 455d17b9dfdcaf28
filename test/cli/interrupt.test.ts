import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { run, scratchFolder } from './io.ts'

const CLVLAB = path.resolve(import.meta.dirname, '../../bin/clvlab.js')
const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)

interface Stopped {
  readonly code: number | null
  readonly signal: string | null
  readonly stderr: string
}

/** Starts `clvlab` as a terminal does, in a process group of its own, and interrupts the whole group once its stderr says so much. */
async function stopAt(said: RegExp, ...argv: readonly string[]): Promise<Stopped> {
  const child = spawn(process.execPath, [CLVLAB, ...argv], { cwd: folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
  const group = child.pid as number
  let [stderr, sent] = ['', false]
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (sent || !said.test(stderr)) return
    sent = true
    process.kill(-group, 'SIGINT')
  })
  const ended = await new Promise<Omit<Stopped, 'stderr'>>(resolve =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  expect(sent).toBe(true)
  await vi.waitFor(() => expect(running(group)).toEqual([]), 10_000)
  return { ...ended, stderr }
}

/** What still runs of a process group; one that has ended and waits for its parent's notice does not. */
function running(group: number): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  return lines.filter(([pgid, stat = 'Z']) => Number(pgid) === group && !stat.startsWith('Z')).map(line => line.join(' '))
}

const LINE = /^clvlab: stopped by Ctrl-C[^\n]*\n$/m

describe('Ctrl-C ends a command at once: one line, exit code 130, nothing half-written, and the same command again works', () => {
  test('datasets simulate', async () => {
    const argv = ['datasets', 'simulate', '--folder', at('sets'), '--customers', '40000']
    const { code, stderr } = await stopAt(/customers: /, ...argv)
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(LINE) })
    expect(fs.readdirSync(at('sets'))).toEqual([])
    expect((await run('datasets', 'simulate', '--folder', at('sets'), '--customers', '20')).code).toBe(0)
    expect(fs.readdirSync(at('sets'))).toEqual(['simulated'])
  })

  test('datasets get: what has come waits for the next time, the file is not there', async () => {
    const server = http.createServer((_, answer) => {
      answer.writeHead(200, { 'content-length': '1950500', etag: '"one"' })
      answer.write(Buffer.alloc(400_000, '1'))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const { code, stderr } = await stopAt(
        /CDNOW_master\.txt: /,
        'datasets',
        'get',
        'cdnow',
        '--folder',
        at('got'),
        '--url',
        `http://127.0.0.1:${port}/`,
      )
      expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(LINE) })
      expect(fs.readdirSync(at('got/cdnow')).sort()).toEqual([
        'CDNOW_master.txt.download.part',
        'CDNOW_master.txt.download.part.json',
      ])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('predict', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `c${i % 500},2024-0${1 + (i % 9)}-1${i % 10},${1 + (i % 70)}`)
    fs.writeFileSync(at('events.csv'), `who,when,spent\n${rows.join('\n')}\n`)
    const argv = [
      'predict',
      at('events.csv'),
      '--map',
      'customer=who,time=when,amount=spent',
      '--cutoff',
      '2024-08-01',
      '--horizon',
      '30d',
      '--out',
      at('p.csv'),
      '--model',
    ]
    const { code, stderr } = await stopAt(/500 customers/, ...argv, 'dnn,pareto-nbd-gg1')
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(LINE) })
    expect(fs.readdirSync(folder).filter(name => /^(p\.|\.clvlab)/.test(name))).toEqual([])
    expect((await run(...argv, 'mean')).code).toBe(0)
  })

  test('run: what ran so far is written, marked, and the kernel is gone', async () => {
    const cell = (id: string, source: string) => ({
      cell_type: 'code',
      id,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell('a', 'process.pid'), cell('b', 'for (;;) {}')] }
    fs.writeFileSync(at('loop.ipynb'), JSON.stringify(notebook))
    const { code, stderr } = await stopAt(/\[1\/2\]/, 'run', at('loop.ipynb'), '--out', at('ran.ipynb'))
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringMatching(LINE) })
    const written = JSON.parse(fs.readFileSync(at('ran.ipynb'), 'utf8')) as {
      readonly metadata: object
      readonly cells: readonly { readonly outputs: readonly { readonly data: Readonly<Record<string, string>> }[] }[]
    }
    expect(written.metadata).toMatchObject({ clvlab: { status: 'failed', reason: 'interrupted in cell 2' } })
    const kernel = Number([written.cells[0]?.outputs[0]?.data['text/plain']].flat().join(''))
    expect(kernel).toBeGreaterThan(1)
    await vi.waitFor(() => expect(running(kernel)).toEqual([]), 10_000)
  })
})
