import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { fakeNative } from '../engine/choice/fake-native.ts'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)

const FIVE = at('five.csv')
fs.writeFileSync(
  FIVE,
  `who,when,spent
ann,2024-01-02,10.50
ann,2024-02-03 10:00:00,20
ann,2024-03-20,15
"bo,b",2024-01-15,99.99
cy,2024-02-01,5
cy,2024-02-20,7
dee,2024-03-01,12
eve,2024-04-02,8
ann,2024-04-11,30
bad,notadate,3
bad,2024-01-05,x
`,
)
const MAP = ['--map', 'customer=who,time=when,amount=spent']
const ASKED = [FIVE, ...MAP, '--cutoff', '2024-04-01', '--horizon', '20d']

/** 120 customers whose purchases a rule makes, of one purchase day to eight. */
const MANY = at('many.csv')
fs.writeFileSync(
  MANY,
  [
    'who,when,spent',
    ...Array.from({ length: 120 }, (_, c) =>
      Array.from({ length: 1 + ((c * 7) % 8) }, (_, k) => {
        const day = new Date(Date.UTC(2024, 0, 1) + (((c * 13) % 60) + k * (5 + (c % 40))) * 86_400_000)
        return `${String(c).padStart(3, '0')},${day.toISOString().slice(0, 10)},${5 + ((c * 31 + k * 17) % 90)}.25`
      }),
    ).flat(),
  ].join('\n'),
)

describe('clvlab predict', () => {
  test('five customers, too few for most models: what can be fitted is written, the rest is named with its reason', async () => {
    const out = at('five-out.csv')
    const { code, stderr } = await run('predict', ...ASKED, '--model', 'all', '--out', out)
    expect(code).toBe(0)
    expect(stderr).toMatch(/11 rows read, 9 used, 2 rejected/)
    expect(stderr).toMatch(/4 customers; 1 more have no row: no purchase from 2024-01-02 up to the cutoff 2024-04-01/)
    expect(stderr).toMatch(/cannot be fitted: linear, logistic, two-stage, dnn\n {2}reason: only \d customers/)
    expect(stderr).toMatch(/cannot be fitted: bg-nbd\n/)
    expect(stderr).toMatch(/1 no possible time, first on line 11: bad,notadate,3\n/)
    const lines = fs.readFileSync(out, 'utf8').split('\n')
    expect(lines[0]).toBe('customer_id,model,value,probability,expected_purchases,observe_from,cutoff,horizon')
    expect(lines).toContain('"bo,b",past-spend-same-rate,22.22,,,2024-01-02,2024-04-01,20')
    expect(lines).toContain('ann,last-period,15,,,2024-01-02,2024-04-01,20')
    const names = lines.slice(1, -1).map(line => line.replace('"bo,b"', 'bob').split(',').slice(0, 2).join(' '))
    expect(new Set(names).size).toBe(names.length)
  })

  test('a named model that cannot be fitted is exit 1, with its reason, and nothing is written', async () => {
    const { code, stdout, stderr } = await run(
      'predict',
      ...ASKED,
      '--model',
      'last-period,bg-nbd',
      '--out',
      at('no.csv'),
      '--json',
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/a named model could not be fitted: nothing was written/)
    const said = JSON.parse(stdout) as {
      unfitted: { model: string; reason: string }[]
      out: unknown
      rows: number
      fitted: { model: string }[]
    }
    expect(said.unfitted.map(({ model }) => model)).toEqual(['bg-nbd'])
    expect([said.out, said.rows]).toEqual([null, 0])
    expect(fs.readdirSync(folder).filter(name => name.includes('no.csv'))).toEqual([])
  })

  test('--json says what a program needs', async () => {
    const { code, stdout } = await run(
      'predict',
      ...ASKED,
      '--model',
      'last-period,past-spend-same-rate,last-period',
      '--out',
      at('json.csv'),
      '--json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      events: { rowsIn: 11, rowsOut: 9, firstDay: '2024-01-02', lastDay: '2024-04-11' },
      windows: { observed: { observeFrom: '2024-01-02', cutoff: '2024-04-01' }, training: { outcome: { horizon: 20 } } },
      customers: { predicted: 4, withoutRow: 1 },
      fitted: [{ model: 'last-period', rows: 4, value: 15, buyers: null }, { model: 'past-spend-same-rate' }],
      unfitted: [],
      rows: 8,
    })
  })

  test('enough customers: every model gives every customer one row, in CSV and Parquet alike', async () => {
    const asked = ['predict', MANY, ...MAP, '--cutoff', '2024-04-10', '--horizon', '13w', '--model', 'mean,two-stage,bg-nbd-gg1']
    expect((await run(...asked, '--out', at('many.csv.csv'))).code).toBe(0)
    expect((await run(...asked, '--out', at('many.parquet'))).code).toBe(0)
    const judged = await Promise.all(
      ['many.csv.csv', 'many.parquet'].map(
        async name => await run('evaluate', at(name), MANY, ...MAP, '--json', '--bootstrap', '0'),
      ),
    )
    expect(judged.map(({ code }) => code)).toEqual([0, 0])
    expect(judged[1]?.stdout).toBe(judged[0]?.stdout)
    const rows = fs.readFileSync(at('many.csv.csv'), 'utf8').trimEnd().split('\n').slice(1)
    expect(rows).toHaveLength(3 * 120)
    expect(rows[0]).toMatch(/^000,mean,/)
  })

  test('--device says where networks are trained, and what they were trained on is told', async () => {
    const ask = [MANY, ...MAP, '--cutoff', '2024-04-10', '--horizon', '30d', '--model', 'dnn', '--json']
    const { code, stdout, stderr } = await run('predict', ...ask, '--device', 'tensorflow:wasm', '--out', at('on-wasm.csv'))
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /^dnn was trained on tensorflow:wasm \(TensorFlow\.js 4\.22\.0\), within \S+ of wasm at the first batch$/m,
    )
    const { fitted } = JSON.parse(stdout) as { readonly fitted: readonly { readonly device?: object }[] }
    expect(fitted[0]?.device).toMatchObject({ name: 'tensorflow:wasm' })
    expect(await run('predict', ...ask, '--device', 'tensorflow:cp', '--out', at('none.csv'))).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('did you mean tensorflow:cpu?') as string,
    })
    expect(fs.existsSync(at('none.csv'))).toBe(false)
  })

  test('--checkpoints: a device that fails names the last one, and the command given again goes on from it', async () => {
    const ask = [MANY, ...MAP, '--cutoff', '2024-04-10', '--horizon', '30d', '--model', 'dnn', '--checkpoints', at('kept')]
    // it gives out after some epochs of the first of the two networks
    vi.stubEnv('CLVLAB_TENSORFLOW', fakeNative(at('native'), 150))
    const failed = await run('predict', ...ask, '--device', 'tensorflow:native', '--out', at('failed.csv'))
    expect(failed.code).toBe(1)
    expect(failed.stderr).toContain('the device tensorflow:native failed: OOM when allocating tensor')
    expect(failed.stderr).toContain(`training goes on from the last checkpoint, ${at('kept/dnn/return.ckpt')}, on any device`)
    expect(fs.existsSync(at('failed.csv'))).toBe(false)
    vi.unstubAllEnvs()
    expect((await run('predict', ...ask, '--out', at('again.csv'))).code).toBe(0)
    const other = await run('predict', ...ask, '--seed', '2', '--out', at('other.csv'))
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining(`(${at('kept/dnn/return.ckpt')}); remove the file`)])
    expect(fs.readdirSync(at('kept/dnn')).toSorted()).toEqual(['return.ckpt', 'value.ckpt'])
  })

  test('a model that reads weeks is given them, and a slow one has to be named beside `all`', async () => {
    const asked = ['predict', MANY, ...MAP, '--cutoff', '2024-04-10', '--horizon', '13w', '--json']
    const one = await run(...asked, '--model', 'cnn', '--out', at('weeks.csv'))
    expect([one.code, one.stderr]).toEqual([0, expect.stringContaining('120 rows of 1 model written')])
    const both = JSON.parse((await run(...asked, '--model', 'all,cnn', '--out', at('both.csv'))).stdout) as {
      fitted: { model: string }[]
    }
    const names = both.fitted.map(({ model }) => model)
    expect(names).toContain('mean')
    expect(names.at(-1)).toBe('cnn')
    expect(names).not.toContain('rnn')
  })

  test('nothing after the cutoff matters: a log cut there gives the same file', async () => {
    const [header, ...rows] = fs.readFileSync(MANY, 'utf8').split('\n')
    fs.writeFileSync(at('cut.csv'), [header, ...rows.filter(row => (row.split(',')[1] ?? '') < '2024-04-10')].join('\n'))
    const files = await Promise.all(
      ['many.csv', 'cut.csv'].map(async name => {
        const { code } = await run(
          'predict',
          at(name),
          ...MAP,
          '--cutoff',
          '2024-04-10',
          '--horizon',
          '90d',
          '--model',
          'two-stage,bg-nbd-gg1,rfm-cell-mean',
          '--out',
          at(`from-${name}`),
        )
        return [code, fs.readFileSync(at(`from-${name}`), 'utf8')]
      }),
    )
    expect(files[0]?.[0]).toBe(0)
    expect(files[1]).toEqual(files[0])
  })

  test('a cutoff after the last event is allowed, and the quiet days are told', async () => {
    const { code, stderr } = await run(
      'predict',
      FIVE,
      ...MAP,
      '--cutoff',
      '2024-06-01',
      '--horizon',
      '20d',
      '--model',
      'past-spend-same-rate',
      '--out',
      at('late.csv'),
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(/the log ends on 2024-04-11: the 50 days from then to the cutoff/)
  })

  test.each([
    [['--cutof', '2024-04-01'], /no option --cutof; perhaps --cutoff is meant/],
    [['--horizon', '99999999999d'], /no number of days/],
    [['--cutoff', '2024-02-30'], /2024-02-30/],
    [['--model', 'bgnbd'], /perhaps "bg-nbd" is meant/],
    [['--out', FIVE], /five\.csv would be overwritten/],
    [['--out', 'predictions.txt'], /neither CSV nor Parquet/],
    [['--out', 'no/such/folder/p.csv'], /no folder to write into/],
    [['--map', 'customer=who'], /time is not mapped/],
    [['--seed', 'one'], /no whole number/],
    [['--cutoff', '9999-12-01', '--horizon', '180d'], /after the year 9999/],
  ])('%j is not understood: exit 2 with the way out', async (other, message) => {
    const options: Record<string, string> = {
      '--map': 'customer=who,time=when,amount=spent',
      '--cutoff': '2024-04-01',
      '--horizon': '20d',
      '--model': 'last-period',
      '--out': at('never.csv'),
    }
    for (let i = 0; i < other.length; i += 2) options[other[i] as string] = other[i + 1] as string
    const { code, stderr } = await run('predict', FIVE, ...Object.entries(options).flat())
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/way out: /)
    expect(fs.existsSync(at('never.csv'))).toBe(false)
  })

  test('a file without --map, without --model, without --out, and no events at all: what is missing is named', async () => {
    expect(await run('predict', FIVE, '--model', 'mean', '--out', at('x.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--map customer=COLUMN/),
    })
    expect(await run('predict', FIVE, '--out', at('x.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--model is missing/),
    })
    expect(await run('predict', FIVE, '--model', 'mean')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--out is missing/),
    })
    expect(await run('predict', '--model', 'mean', '--out', at('x.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/EVENTS is missing/),
    })
    expect(await run('predict', FIVE, ...MAP, '--model', 'mean', '--out', at('x.csv'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--cutoff is missing/),
    })
  })

  test('a file that is not there, or a column that is not, is exit 1; with --json the error is on stdout too', async () => {
    expect(await run('predict', at('gone.csv'), ...ASKED.slice(1), '--model', 'mean', '--out', at('x.csv'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/gone\.csv/),
    })
    const { code, stdout } = await run(
      'predict',
      FIVE,
      '--map',
      'customer=whom,time=when,amount=spent',
      ...ASKED.slice(3),
      '--model',
      'mean',
      '--out',
      at('x.csv'),
      '--json',
    )
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      error: { name: 'DataError', code: 'missing-column', remedy: expect.stringMatching(/who/) },
    })
  })

  test('a cutoff before anybody bought says so', async () => {
    const { code, stderr } = await run(
      'predict',
      FIVE,
      ...MAP,
      '--observe-from',
      '2023-01-01',
      '--cutoff',
      '2023-06-01',
      '--horizon',
      '20d',
      '--model',
      'all',
      '--out',
      at('x.csv'),
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/nobody bought between 2023-01-01 and the cutoff 2023-06-01/)
  })

  test('--list-models and --help need no events', async () => {
    expect((await run('predict', '--list-models')).stdout).toMatch(/^two-stage +Two-stage linear/m)
    const list = JSON.parse((await run('predict', '--list-models', '--json')).stdout) as { name: string }[]
    expect(list.map(({ name }) => name)).toContain('bg-nbd')
    expect((await run('predict', '--list-models')).stdout).toMatch(
      /^rnn +RNN \(GRU\) over weeks \(sequence, not among `all`: slower\)$/m,
    )
    expect((await run('predict', '--help')).stdout).toMatch(/examples:\n {2}clvlab predict/)
  })
})
