/** Words that speak for or against a thing bought. A small list: a signal for a feature, not an opinion about language. */
const GOOD = new Set(
  (
    'amazing awesome beautiful best comfortable delighted durable easy enjoy enjoyed excellent fantastic fast favourite ' +
    'favorite good great happy helpful impressed like liked love loved lovely nice perfect perfectly pleased quality quick recommend ' +
    'recommended reliable satisfied solid stylish sturdy super superb thanks useful wonderful worth'
  ).split(' '),
)
const BAD = new Set(
  (
    'annoying awful bad boring broke broken cheap complain damaged defective difficult disappointed disappointing dislike ' +
    'expensive fail failed faulty flimsy hate horrible late missing never overpriced poor poorly problem refund return returned rude ' +
    'scratched slow terrible torn ugly unhappy unusable useless waste weak worse worst wrong'
  ).split(' '),
)
const NOT = new Set(['not', 'no', 'never', "don't", "doesn't", "didn't", "isn't", "wasn't", "won't", "can't", 'hardly'])

/**
 * Sentiment of an English text in [-1, 1]: (good - bad) / (good + bad) words, a word turned round by a negation among the
 * two words before it in its clause. 0 where no listed word occurs.
 */
export function sentiment(text: string): number {
  let [good, bad] = [0, 0]
  for (const clause of text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[.,;:!?()\n]/)) {
    const words = clause.match(/[a-z]+(?:'[a-z]+)?/g) ?? []
    words.forEach((word, i) => {
      const sign = GOOD.has(word) ? 1 : BAD.has(word) ? -1 : 0
      if (sign === 0) return
      const turned = words.slice(Math.max(0, i - 2), i).some(before => NOT.has(before))
      if ((sign === 1) !== turned) good++
      else bad++
    })
  }
  return good + bad === 0 ? 0 : (good - bad) / (good + bad)
}
