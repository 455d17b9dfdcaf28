/** A term of art and what it means, in a sentence or two. */
export interface Word {
  readonly id: string
  readonly term: string
  readonly written: RegExp
  readonly meaning: string
}

/** What a reader of these reports may not know: said in the margin where it first comes up, and once more at the end. */
export const GLOSSARY: readonly Word[] = [
  {
    id: 'gini',
    term: 'Normalised Gini',
    written: /\b(?:normalised )?Gini\b/i,
    meaning:
      'How well customers are put in order by what they go on to spend: 1 is the order of what they really spent, 0 is chance.',
  },
  {
    id: 'auc',
    term: 'AUC',
    written: /\bAUC\b/,
    meaning:
      'The probability that one of those who are looked for, such as customers who buy again, is ranked above one of the others: 1 is perfect, 0.5 is chance.',
  },
  {
    id: 'cutoff',
    term: 'Cutoff',
    written: /\bcutoff\b/i,
    meaning: 'The day before which everything is known, and from which on nothing is.',
  },
  {
    id: 'horizon',
    term: 'Horizon',
    written: /\bhorizon\b/i,
    meaning: 'The days after the cutoff over which spend is predicted.',
  },
  {
    id: 'bg-nbd',
    term: 'BG/NBD',
    written: /\bBG\/NBD\b/,
    meaning:
      'Customers buy at random, each at a rate of their own, and may leave unseen after any purchase (Fader, Hardie and Lee 2005).',
  },
  {
    id: 'pareto-nbd',
    term: 'Pareto/NBD',
    written: /\bPareto\/NBD\b/,
    meaning:
      'Customers buy at random, each at a rate of their own, and may leave unseen at any time (Schmittlein, Morrison and Colombo 1987).',
  },
  {
    id: 'gamma-gamma',
    term: 'Gamma-Gamma',
    written: /\bGamma-Gamma\b/,
    meaning:
      'Each customer has a usual value of a purchase, which is learnt from few purchases by leaning on that of all (Fader and Hardie 2013).',
  },
  {
    id: 'baseline',
    term: 'Naive baseline',
    written: /\bnaive baselines?\b/i,
    meaning: 'A prediction that learns nothing, such as past spend going on. What does not beat it has not earned its keep.',
  },
  {
    id: 'interval',
    term: '95% interval',
    written: /\b(?:95% intervals?(?! of Student)|intervals come from)\b/i,
    meaning:
      'Customers are drawn again and again, with replacement: the middle 95% of the scores that this gives. It tells the luck of which customers there were.',
  },
  {
    id: 'decile',
    term: 'Decile',
    written: /\bdeciles?\b/i,
    meaning: 'A tenth of the customers, in the order of their predictions.',
  },
  {
    id: 'dropout',
    term: 'Dropout',
    written: /\bdropout\b/i,
    meaning: 'While a network trains, units are switched off at random, so that it cannot rely on any one of them.',
  },
  {
    id: 'cross-entropy',
    term: 'Cross-entropy',
    written: /\bcross-entropy\b/i,
    meaning: 'The loss of a probability: minus the logarithm of what was given to the thing that happened. Lower is better.',
  },
  {
    id: 'autoencoder',
    term: 'Variational autoencoder',
    written: /\b(?:variational )?autoencoder\b/i,
    meaning:
      'A network that squeezes each customer into a few numbers and draws them again from these; from numbers drawn at random it makes new customers.',
  },
  {
    id: 'adversarial',
    term: 'Adversarial network',
    written: /\badversarial\b/i,
    meaning: 'Two networks against each other: one makes customers, the other tries to tell them from real ones.',
  },
  {
    id: 'latent',
    term: 'Latent',
    written: /\blatents?\b/i,
    meaning: 'One of the few numbers into which an autoencoder squeezes a customer.',
  },
]
