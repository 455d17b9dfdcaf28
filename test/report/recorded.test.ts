import { expect, test } from 'vitest'
import { recordedIn } from '../../lib/report/index.ts'
import { DISPLAY } from '../../lib/schema/index.ts'
import { Database } from '../../lib/data/database.ts'
import { EventLog } from '../../lib/data/event-log.ts'
import { code, notebook, shown } from './notebook.ts'

const tagged = (tag: string, source: string) => ({ ...code(tag, source), metadata: { tags: [tag] } })
const declared = tagged(
  'parameters',
  `// Words.\nconst data: string = '../a'\nconst seed = 42\nconst shares: number[] = [0.1, 0.2]\nconst names = ['x']\nconst many = 1_000\nconst fast = false\nconst none: string | null = null\nconst made = 6 * 7`,
)

test('parameters are the declared defaults, with what was given on top', () => {
  const { parameters } = recordedIn(
    notebook('# T', declared, tagged('injected-parameters', `const data: string = 'it\\'s C:\\\\b'\nconst seed: number = 7`)),
  )
  expect(parameters).toEqual({
    data: `it's C:\\b`,
    seed: 7,
    shares: [0.1, 0.2],
    names: ['x'],
    many: 1000,
    fast: false,
    none: null,
    made: 42,
  })
})

test('a notebook without the cell has none, and no data set unless a cell showed one', () => {
  expect(recordedIn(notebook('# T', code('a', 'const seed = 1')))).toEqual({ parameters: {} })
  expect(
    recordedIn(notebook('# T', code('a', '1', shown({ 'text/plain': 'x' }, { clvlab: { dataset: { title: 7 } } })))),
  ).toEqual({ parameters: {} })
})

test('an event log that a cell shows tells what is known of the data', async () => {
  await using log = new EventLog(
    {
      name: 'n',
      title: 'Shop',
      source: 's',
      checksum: 'abc123',
      currency: '',
      capabilities: new Set(),
      firstDay: '2024-01-01',
      lastDay: '2024-02-01',
      customers: 2,
      counts: { rowsIn: 2, rowsOut: 2, rejected: [] },
    },
    await Database.open({ threads: 1 }),
  )
  const { data, metadata = {} } = log[DISPLAY]()
  expect(recordedIn(notebook('# T', code('a', 'log', shown({ ...data }, { ...metadata })))).data).toEqual({
    title: 'Shop',
    checksum: 'abc123',
    name: 'n',
    customers: 2,
    firstDay: '2024-01-01',
    lastDay: '2024-02-01',
  })
})

test('a device is told by what a cell showed to be trained on it, else by the parameter that asked for it', () => {
  const cell = code('c', 'c', shown({ 'text/plain': 'x' }, { clvlab: { device: 'webgpu (a card), within 1e-6 of wasm' } }))
  const asking = tagged('parameters', `const device: string = 'auto'`)
  expect(recordedIn(notebook('# T', asking, cell, cell)).device).toBe('webgpu (a card), within 1e-6 of wasm')
  const use = (name: string, difference: number) =>
    code(
      'c',
      'c',
      shown({ 'text/plain': 'x' }, { clvlab: { device: { name, difference, text: `${name} within ${difference}` } } }),
    )
  expect(recordedIn(notebook('# T', use('a', 0.1), use('a', 0.3), use('b', 0.1), use('a', 0.2))).device).toBe(
    'a within 0.3; b within 0.1',
  )
  expect(recordedIn(notebook('# T', asking)).device).toBe('auto was asked for; no cell showed how far it is from wasm')
  expect(recordedIn(notebook('# T', tagged('parameters', `const device: string = 'wasm'`))).device).toBeUndefined()
})

test('what a run has kept of itself is told, and nothing where it is not of that form', () => {
  const ran = { versions: { clvlab: '1' }, run: { date: 'd', duration: '1 s', machine: 'm', commit: 'c' } }
  const kept = (run: unknown) => recordedIn({ ...notebook('# T'), metadata: { clvlab: { run } } }).ran
  expect(kept(ran)).toEqual(ran)
  for (const other of [undefined, 1, {}, { ...ran, run: { date: 'd' } }, { ...ran, versions: { clvlab: 1 } }])
    expect(kept(other)).toBeUndefined()
})
