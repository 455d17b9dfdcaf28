import { expect, test } from 'vitest'
import { trainingCurves } from '../../lib/charts/index.ts'
import { layersOf, rowsOf } from './read-spec.ts'

test('says when the validation loss was least, and whether the rest was in vain', () => {
  expect(trainingCurves({ loss: [5, 4, 3, 2, 1, 0], validationLoss: [5, 3, 4, 5, 6, 7], what: 'loss' }).title).toBe(
    'Validation is best after epoch 2 of 6: the rest only fits the training customers',
  )
  expect(trainingCurves({ loss: [5, 4, 3, 2, 1, 0], validationLoss: [7, 6, 5, 4, 2, 3], what: 'loss' }).title).toBe(
    'Validation is best after epoch 5 of 6',
  )
  expect(trainingCurves({ loss: [3, 2, 1], validationLoss: [3, 2, 1], what: 'loss' }).title).toBe(
    'Validation still improves at the last of 3 epochs',
  )
})

test('other runs are drawn behind, and the caption counts them', () => {
  const chart = trainingCurves({
    loss: [2, 1],
    validationLoss: [2, 1],
    what: 'loss',
    runs: [{ loss: [3, 2], validationLoss: [3, 2] }],
  })
  expect(chart.caption).toContain('Thin: 1 other seed; over all of them the best validation lies between 1.000 and 2.000.')
  expect(chart.title).toBe('Validation still improves at the last of 2 epochs in the first run, after 2 in the other')
  const lines = rowsOf(chart, 'line')
  expect(lines.map(row => row['run'])).toEqual([1, 1, 1, 1, 0, 0, 0, 0])
  expect(lines.at(-1)).toEqual({ epoch: 2, loss: 1, on: 'validation', run: 0 })
})

test('other runs may have ended sooner or later', () => {
  const chart = trainingCurves({
    loss: [2, 1],
    validationLoss: [2, 1],
    what: 'loss',
    runs: [
      { loss: [3, 2, 1], validationLoss: [3, 2, 1] },
      { loss: [3], validationLoss: [3] },
    ],
  })
  expect(rowsOf(chart, 'line').filter(row => row['run'] === 1)).toHaveLength(6)
  expect(layersOf(chart)[0]?.encoding['x']?.scale).toMatchObject({ domain: [1, 3] })
})

test('curves of unequal length, and a loss that is no number, are named errors', () => {
  expect(() => trainingCurves({ loss: [1, 2], validationLoss: [1], what: 'loss' })).toThrow(/2 and 1 values/)
  expect(() => trainingCurves({ loss: [1, NaN], validationLoss: [1, 1], what: 'loss' })).toThrow(/trainingCurves was given NaN/)
})
