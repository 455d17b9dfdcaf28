import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { scratch } from '../../files.ts'

const { write } = scratch()
const house = pathToFileURL(path.resolve(import.meta.dirname, '../../../../bin/support/house.js')).href
const { houseProblems } = (await import(house)) as { houseProblems: (root: string) => readonly string[] }

describe('the truth is out of reach', () => {
  it.each([
    ['models/a.ts', `import { readTruth } from '../data/simulator/truth/index.ts'`],
    ['compare/a.ts', `import { simulate } from '../data/simulator/truth/index.ts'`],
    ['features/a.ts', `const truth = await import('../data/simulator/truth/index.ts')`],
    ['data/index.ts', `export { readTruth } from './simulator/truth/index.ts'`],
    ['data/readers/a.ts', `import { HistoryMaker } from '../simulator/history.ts'`],
    ['data/simulator/index.ts', `export * from './truth/read-truth.ts'`],
    ['index.ts', `export * from './data/simulator/truth/index.ts'`, 'may'],
    ['cli/start.ts', `import { readTruth } from '../data/simulator/truth/index.ts'`, 'may'],
    ['data/index.ts', `export { EMBEDDED } from './simulator/index.ts'`, 'may'],
    ['data/simulator/truth/a.ts', `import { readTruth } from './read-truth.ts'`, 'may'],
  ])('from lib/%s: %s %s', (name, text, may = 'may not') => {
    const file = write(`${may}-${name.replaceAll('/', '-')}-${text.length}/lib/${name}`, `${text}\n`)
    const problems = houseProblems(file.slice(0, -`/lib/${name}`.length)).filter(
      problem => problem.includes('truth') && problem.includes('only'),
    )
    expect(problems).toHaveLength(may === 'may' ? 0 : 1)
  })
})
