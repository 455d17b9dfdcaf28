import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  coreFeatures,
  log1p,
  oneHot,
  outcomes,
  pipeline,
  quantileBins,
  standardise,
  toMatrix,
  type CoreRow,
  type OutcomeRow,
} from '../../lib/features/index.ts'
import type { ObservedEvents, OutcomeEvents, Table } from '../../lib/schema/index.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const compiler = path.join(root, 'node_modules/typescript/bin/tsc')

/** Never called: the compiler reads it, and each `@ts-expect-error` that would not be one fails the type check. */
export async function refused(
  table: Table<CoreRow>,
  outcome: Table<OutcomeRow, 'outcome'>,
  observed: ObservedEvents,
  later: OutcomeEvents,
): Promise<void> {
  const fitted = pipeline(log1p('spend', 'monetary'), standardise('recency')).fit(table)
  fitted.transform(table).column('spend')
  // @ts-expect-error a misspelt column of a table
  table.column('recencyy')
  // @ts-expect-error a misspelt column of a step
  pipeline(log1p('spnd')).fit(table)
  // @ts-expect-error a column of text where numbers are needed
  pipeline(standardise('customer_id')).fit(table)
  const binned = pipeline(quantileBins('spend', { bins: 4 }))
    .fit(table)
    .transform(table)
  // @ts-expect-error a column that an earlier step took away
  binned.column('spend')
  const encoded = pipeline(oneHot('customer_id', { values: ['a'] }))
    .fit(table)
    .transform(table)
  // @ts-expect-error a value that was not named
  encoded.column('customer_id_b')
  // @ts-expect-error the outcome as a feature
  pipeline(standardise('future_value')).fit(outcome)
  // @ts-expect-error the outcome, joined to the features
  pipeline(standardise('spend')).fit(table.join(outcome, 'customer_id'))
  // @ts-expect-error the outcome through the back door of transform
  fitted.transform(table.join(outcome, 'customer_id'))
  // @ts-expect-error the outcome in a matrix
  toMatrix(outcome, ['future_value'])
  // @ts-expect-error text in a matrix
  toMatrix(table, ['customer_id'])
  // @ts-expect-error events of the outcome
  await coreFeatures(later, { horizon: 10 })
  // @ts-expect-error what was observed is no outcome
  await outcomes(observed, table)
}

/** What TypeScript says of a few lines that stand in a folder of their own. */
function check(lines: string): string {
  const folder = fs.mkdtempSync(path.join(root, 'test/features/.snippet-'))
  try {
    fs.writeFileSync(
      path.join(folder, 'snippet.ts'),
      `import { pipeline, standardise, type CoreRow, type OutcomeRow } from '../../../lib/features/index.ts'
import type { Table } from '../../../lib/schema/index.ts'
export function snippet(table: Table<CoreRow>, outcome: Table<OutcomeRow, 'outcome'>) {
  return [table, outcome, pipeline, standardise, ${lines}]
}
`,
    )
    fs.writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: path.join(root, 'tsconfig.json'), include: ['snippet.ts'], exclude: [] }),
    )
    return spawnSync(process.execPath, [compiler, '-p', folder, '--noEmit', '--pretty', 'false'], { encoding: 'utf8' }).stdout
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

test('the compiler that judges these types is TypeScript 7', () => {
  expect(execFileSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' })).toMatch(/^Version 7\./)
})

test('TypeScript accepts what is right', () => {
  expect(check(`table.column('recency'), pipeline(standardise('recency')).fit(table)`)).toBe('')
})

test('a misspelt column is an error that names the column, of a table and of a transform', () => {
  expect(check(`table.column('recencyy')`)).toMatch(/snippet\.ts\(4,\d+\): error TS2345: Argument of type '"recencyy"'/)
  expect(check(`pipeline(standardise('recencyy')).fit(table)`)).toMatch(
    /error TS2345[\s\S]*'recencyy' is missing in type 'CoreRow'/,
  )
})

test('an outcome table, and one joined with it, are refused by a transform', () => {
  expect(check(`pipeline(standardise('future_value')).fit(outcome)`)).toMatch(
    /error TS2345[\s\S]*'"outcome"' is not assignable to type '"observed"'/,
  )
  expect(check(`pipeline(standardise('spend')).fit(table.join(outcome, 'customer_id'))`)).toMatch(
    /error TS2345[\s\S]*'"labelled"' is not assignable to type '"observed"'/,
  )
})
