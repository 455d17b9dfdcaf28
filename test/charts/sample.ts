import * as charts from '../../lib/charts/index.ts'

export const customers = Float64Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 0 : 1 + ((i * 37) % 101) * ((i * 7) % 13)))
const half = customers.map(each => each / 2)
const curve = [
  { x: 0, y: 0 },
  { x: 0.2, y: 0.7 },
  { x: 1, y: 1 },
]
const low = [
  { x: 0, y: 0 },
  { x: 0.4, y: 0.5 },
  { x: 1, y: 1 },
]

const alive = (by: number) =>
  [0, 1, 2].flatMap(frequency => [0, 10, 20].map(recency => ({ frequency, recency, value: by + (1 + recency - frequency) / 22 })))

/** One of each kind, with names as long as those of real models. */
export const sample: Readonly<Record<string, charts.Chart>> = {
  valueDistribution: charts.valueDistribution({ values: customers, currency: 'GBP' }),
  purchasesOverTime: charts.purchasesOverTime({
    weeks: ['2024-01-01', '2024-01-08', '2024-01-15'],
    purchases: [3, 5, 8],
    cutoff: '2024-01-08',
    horizonEnd: '2024-01-15',
  }),
  rfmHeatmap: charts.rfmHeatmap({ recency: [1, 5, 5], frequency: [1, 4, 5], spend: [10, 200, 300], currency: 'USD' }),
  segmentBars: charts.segmentBars({
    segments: [
      { segment: 'Champions', customers: 2, spend: 90 },
      { segment: 'Cannot lose them', customers: 8, spend: 10 },
    ],
  }),
  trainingCurves: charts.trainingCurves({
    loss: [3, 2, 1],
    validationLoss: [3, 1, 2],
    what: 'loss',
    runs: [{ loss: [3, 2, 2], validationLoss: [3, 2, 2] }],
  }),
  lossCurves: charts.lossCurves({
    title: 'Both fall',
    what: 'nats per customer',
    wide: true,
    series: [
      { name: 'with + KL', loss: [90, 60, 50] },
      { name: 'with the printed − KL', loss: [90, -1e5, -1e9] },
    ],
    runs: [[{ name: 'with + KL', loss: [95, 62] }]],
    levels: [{ name: 'guessing', at: 80 }],
  }),
  gainCurveChart: charts.gainCurveChart({
    models: [
      { model: 'Low', points: low },
      { model: 'BG/NBD with Gamma-Gamma', points: curve },
    ],
    perfect: [
      { x: 0, y: 0 },
      { x: 0.2, y: 1 },
      { x: 1, y: 1 },
    ],
  }),
  rocChart: charts.rocChart({
    models: [
      { model: 'Low', auc: 0.6, points: low },
      { model: 'DNN of the article', auc: 0.7, points: curve },
    ],
  }),
  precisionRecallChart: charts.precisionRecallChart({
    baseRate: 0.25,
    models: [
      {
        model: 'A',
        points: [
          { x: 0.1, y: 0.9 },
          { x: 0.6, y: 0.8 },
          { x: 1, y: 0.25 },
        ],
      },
    ],
  }),
  decileCalibration: charts.decileCalibration({
    model: 'A',
    deciles: [
      { customers: 5, predicted: 300, actual: 200 },
      { customers: 5, predicted: 30, actual: 20 },
    ],
    currency: '',
    intervals: {
      groups: [
        { predicted: { low: 280, high: 320 }, actual: { low: 150, high: 250 } },
        { predicted: { low: 28, high: 32 }, actual: { low: 15, high: 25 } },
      ],
      total: { low: 1.3, high: 1.7 },
    },
  }),
  reliability: charts.reliability({
    model: 'A',
    groups: [
      { customers: 100, predicted: 0.2, actual: 0.1 },
      { customers: 100, predicted: 0.8, actual: 0.6 },
    ],
  }),
  predictedActual: charts.predictedActual({ model: 'A', predicted: customers, actual: half, currency: 'EUR' }),
  truthScatter: charts.truthScatter({ model: 'A', predicted: customers, truth: half.map(each => each / 2), currency: 'EUR' }),
  confusionMatrix: charts.confusionMatrix({ model: 'A', truePositive: 3, falsePositive: 1, falseNegative: 2, trueNegative: 4 }),
  comparisonPlot: charts.comparisonPlot({
    measure: 'Gini',
    better: 'higher',
    peers: [{ title: 'lifetimes, BG/NBD with Gamma-Gamma', value: 0.69 }],
    models: [
      { title: 'A', family: 'baseline', value: 0.5, low: 0.4, high: 0.6 },
      { title: 'The linear two-stage model', value: 0.7, low: 0.65, high: 0.75 },
    ],
  }),
  frequencyRecency: charts.frequencyRecency({
    what: 'probability of being alive',
    unit: 'weeks',
    cells: alive(0),
    levels: [0.1, 0.5, 0.9],
    draws: [-0.05, 0, 0.05].map(by => alive(by).map(({ value }) => value)),
  }),
  latentMap: charts.latentMap({ x: [0, 1], y: [1, 0], returned: [true, false], apart: 0.7 }),
  madeBesideReal: charts.madeBesideReal({
    maker: 'autoencoder',
    columns: [{ name: 'spend', quartiles: [0.3, 0.5, 0.7] }],
    customers: { real: 100, made: 100 },
  }),
  pairCorrelations: charts.pairCorrelations({
    real: [0.5, -0.2],
    makers: [{ name: 'A', correlations: [0.4, 0] }],
    customers: 50,
  }),
}
