import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, scratchFolder } from './io.ts'

const folder = scratchFolder()
const at = (name: string): string => path.join(folder, name)
const write = (name: string, ...lines: readonly string[]): string => {
  fs.writeFileSync(at(name), `${lines.join('\n')}\n`)
  return at(name)
}

const EVENTS = write(
  'events.csv',
  'who,when,spent',
  'a,2024-01-01,10',
  'a,2024-02-01,10',
  'b,2024-01-05,4',
  'c,2024-02-10,1',
  'a,2024-03-05,30',
  'b,2024-03-06,10',
  'd,2024-03-07,99',
  'b,2024-03-20,1',
)
const MAP = ['--map', 'customer=who,time=when,amount=spent']
const HEADER = 'customer_id,model,value,probability,expected_purchases,observe_from,cutoff,horizon'
const WINDOW = '2024-01-01,2024-03-01,10'

describe('clvlab evaluate', () => {
  test('by hand: a spends 30, b 10, c nothing; foretold 20, 10, 0', async () => {
    const file = write('mine.csv', HEADER, `a,mine,20,0.9,,${WINDOW}`, `b,mine,10,0.4,,${WINDOW}`, `c,mine,0,0.2,,${WINDOW}`)
    const { code, stdout } = await run('evaluate', file, EVENTS, ...MAP, '--json')
    expect(code).toBe(0)
    const { models, split } = JSON.parse(stdout) as {
      models: { model: string; scores: Record<string, { value: number }> }[]
      split: object
    }
    expect(split).toMatchObject({ observeFrom: '2024-01-01', cutoff: '2024-03-01', horizon: 10, customers: 3 })
    const mine = models.find(({ model }) => model === 'mine')?.scores
    expect(mine?.['gini']?.value).toBe(1)
    expect(mine?.['sum_ratio']?.value).toBe(0.75)
    expect(mine?.['mae']?.value).toBeCloseTo(10 / 3, 12)
    expect(mine?.['recall']?.value).toBe(0.5)
    expect(models.map(({ model }) => model)).toEqual(expect.arrayContaining(['past-spend-same-rate', 'last-period', 'mean']))
  })

  test('as text it is the comparison', async () => {
    const file = write(
      'text.csv',
      HEADER,
      `a,last-period,20,,,${WINDOW}`,
      `b,last-period,10,,,${WINDOW}`,
      `c,last-period,0,,,${WINDOW}`,
    )
    const { stdout, stderr } = await run('evaluate', file, EVENTS, ...MAP)
    expect(stdout).toMatch(/3 customers observed from 2024-01-01, cutoff 2024-03-01, the next 10 days/)
    expect(stdout.match(/^Last period repeats/gm)).toHaveLength(1)
    expect(stderr).toMatch(/8 rows read, 8 used, 0 rejected/)
  })

  test('a file that does not say its days takes them from the command line; two that differ are refused', async () => {
    const bare = write('bare.csv', 'customer_id,model,value', 'a,mine,20', 'b,mine,10', 'c,mine,0')
    expect(await run('evaluate', bare, EVENTS, ...MAP)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/do not say their cutoff/),
    })
    expect((await run('evaluate', bare, EVENTS, ...MAP, '--cutoff', '2024-03-01', '--horizon', '10d')).code).toBe(0)
    const full = write('full.csv', HEADER, `a,mine,20,,,${WINDOW}`)
    expect(await run('evaluate', full, EVENTS, ...MAP, '--horizon', '11d')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/say 10, the command line 11/),
    })
  })

  test.each([
    [
      'a customer is missing',
      [HEADER, `a,mine,20,,,${WINDOW}`, `b,mine,1,,,${WINDOW}`],
      /1 of the 3 customers is missing \(such as c\)/,
    ],
    [
      'a customer is there twice',
      [HEADER, ...['a', 'b', 'c', 'c'].map(id => `${id},mine,1,,,${WINDOW}`)],
      /1 row repeats a customer \(such as c\)/,
    ],
    [
      'a value is there for some only',
      [HEADER, `a,mine,20,,,${WINDOW}`, `b,mine,,,,${WINDOW}`, `c,mine,1,,,${WINDOW}`],
      /no usable value for 1 of 3/,
    ],
    [
      'a value is infinite',
      [HEADER, `a,mine,Infinity,,,${WINDOW}`, `b,mine,1,,,${WINDOW}`, `c,mine,1,,,${WINDOW}`],
      /no usable value for 1 of 3 customers\n {2}where: such as Infinity/,
    ],
    [
      'a probability is above 1',
      [HEADER, ...['a', 'b', 'c'].map(id => `${id},mine,1,1.5,,${WINDOW}`)],
      /no usable probability for 3 of 3/,
    ],
    [
      'a value is no number',
      [HEADER, `a,mine,1,,,${WINDOW}`, `b,mine,lots,,,${WINDOW}`],
      /value is "lots", which is no number\n {2}where: .*, line 3\n {2}way out: /,
    ],
    [
      'a cutoff is no day',
      [HEADER, 'a,mine,1,,,2024-01-01,someday,10'],
      /cutoff is "someday", which is no day\n {2}where: .*, line 2/,
    ],
    [
      'a horizon is no whole number',
      [HEADER, 'a,mine,1,,,2024-01-01,2024-03-01,9.5'],
      /horizon is "9.5".*\n {2}where: .*, line 2/,
    ],
    ['a quote does not close', [HEADER, `"a,mine,1,,,${WINDOW}`], /a quoted field does not close\n {2}where: .*line 2/],
    ['a row has no model', [HEADER, `a,,1,,,${WINDOW}`], /no customer_id or no model\n {2}where: .*, line 2/],
    ['nothing is in it', [], /nothing but blank lines/],
    ['days are mixed', [HEADER, `a,mine,1,,,${WINDOW}`, 'b,mine,1,,,2024-01-01,2024-03-01,11'], /differ in horizon: 10 and 11/],
    [
      'two models foretell other days',
      [HEADER, ...['a', 'b', 'c'].flatMap(id => [`${id},mine,1,,,${WINDOW}`, `${id},other,1,,,2024-01-01,2024-03-02,10`])],
      /what other foretells is of 10 days from 2024-03-02/,
    ],
    ['there is no model column', ['customer_id,value', 'a,1'], /no column "model"/],
    ['it is empty', [HEADER], /holds no predictions/],
  ])('refused by name, exit 1: %s', async (name, lines, message) => {
    expect(await run('evaluate', write(`${name}.csv`, ...lines), EVENTS, ...MAP)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(message),
    })
  })

  test('a horizon that has not passed yet is told, and a file that is not there', async () => {
    const early = write('early.csv', HEADER, ...['a', 'b', 'c'].map(id => `${id},mine,1,,,2024-01-01,2024-03-01,90`))
    expect(await run('evaluate', early, EVENTS, ...MAP)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/the log ends on 2024-03-20/),
    })
    expect(await run('evaluate', at('gone.csv'), EVENTS, ...MAP)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no such file/),
    })
  })
})
