import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accuracy,
  auc,
  brier,
  confusion,
  f1,
  logLoss,
  precision,
  precisionRecallCurve,
  recall,
  rocCurve,
} from '../../lib/metrics/index.ts'
import { returning } from './arbitraries.ts'
import { PROBABILITY, RETURNED } from './examples.ts'

describe('whether customers return', () => {
  test('AUC, log loss and Brier score are those of scikit-learn 1.9.1, to 14 digits', () => {
    expect(auc(RETURNED, PROBABILITY)).toBeCloseTo(0.9333333333333333, 13)
    expect(logLoss(RETURNED, PROBABILITY)).toBeCloseTo(0.4076674547898056, 13)
    expect(brier(RETURNED, PROBABILITY)).toBeCloseTo(0.13328125, 13)
  })

  test('confusion matrix, accuracy, precision, recall and F1 at 0.5 are those of scikit-learn 1.9.1', () => {
    const counts = confusion(RETURNED, PROBABILITY)
    expect(counts).toEqual({ trueNegative: 5, falsePositive: 1, falseNegative: 3, truePositive: 7 })
    expect([accuracy(counts), precision(counts), recall(counts)]).toEqual([0.75, 0.875, 0.7])
    expect(f1(counts)).toBeCloseTo(0.7777777777777778, 14)
  })

  test('a probability of 0.5 counts as yes', () => {
    expect(confusion([1, 0], [0.5, 0.49])).toEqual({ truePositive: 1, falsePositive: 0, falseNegative: 0, trueNegative: 1 })
  })

  test('precision, recall and F1 of nobody are 0, as in scikit-learn', () => {
    const nobody = confusion([1, 0], [0.1, 0.1])
    expect([precision(nobody), recall(nobody), f1(nobody)]).toEqual([0, 0, 0])
  })

  test('log loss keeps probabilities 1e-15 from 0 and 1: one certain error costs ln 1e15', () => {
    expect(logLoss([1], [0])).toBeCloseTo(34.538776394910684, 9)
    expect(logLoss([0], [1])).toBeCloseTo(-Math.log(1 - (1 - 1e-15)), 12)
    expect(logLoss([1, 0], [1, 0])).toBeLessThan(1e-14)
  })

  test('ROC and precision-recall curves pass through the points of scikit-learn 1.9.1', () => {
    const roc = rocCurve(RETURNED, PROBABILITY).map(({ x, y }) => [round(x), round(y)])
    expect(roc).toEqual([
      [0, 0],
      [0, 0.1],
      [0, 0.2],
      [0, 0.3],
      [0, 0.4],
      [0, 0.7],
      [0.166667, 0.7],
      [0.166667, 0.8],
      [0.333333, 1],
      [0.666667, 1],
      [1, 1],
    ])
    const pr = precisionRecallCurve(RETURNED, PROBABILITY).map(({ x, y }) => [round(x), round(y)])
    expect(pr).toEqual([
      [0.1, 1],
      [0.2, 1],
      [0.3, 1],
      [0.4, 1],
      [0.7, 1],
      [0.7, 0.875],
      [0.8, 0.888889],
      [1, 0.833333],
      [1, 0.714286],
      [1, 0.625],
    ])
  })

  test('AUC is the share of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(returning, ({ actual, probability }) => {
        let [pairs, right] = [0, 0]
        actual.forEach((yes, i) =>
          actual.forEach((no, j) => {
            if (yes !== 1 || no !== 0) return
            pairs++
            const [a, b] = [probability[i] as number, probability[j] as number]
            right += a > b ? 1 : a === b ? 0.5 : 0
          }),
        )
        expect(auc(actual, probability)).toBeCloseTo(right / pairs, 10)
      }),
    )
  })

  test('AUC with one class is undefined', () => {
    expect(auc([1, 1], [0.2, 0.4])).toBeNaN()
  })

  test('the counts sum to the customers, and F1 lies between precision and recall', () => {
    fc.assert(
      fc.property(returning, ({ actual, probability }) => {
        const counts = confusion(actual, probability)
        expect(Object.values(counts).reduce((sum: number, each: number) => sum + each, 0)).toBe(actual.length)
        const [low, high] = [precision(counts), recall(counts)].sort((a, b) => a - b) as [number, number]
        expect(f1(counts)).toBeGreaterThanOrEqual(low - 1e-12)
        expect(f1(counts)).toBeLessThanOrEqual(high + 1e-12)
      }),
    )
  })

  test('Brier score and log loss are least for the share that returns', () => {
    fc.assert(
      fc.property(returning, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ actual }, other) => {
        const share = actual.reduce((sum, each) => sum + each, 0) / actual.length
        const flat = (p: number): number[] => actual.map(() => p)
        expect(brier(actual, flat(share))).toBeLessThanOrEqual(brier(actual, flat(other)) + 1e-12)
        expect(logLoss(actual, flat(share))).toBeLessThanOrEqual(logLoss(actual, flat(other)) + 1e-12)
      }),
    )
  })
})

const round = (value: number): number => Math.round(value * 1e6) / 1e6
