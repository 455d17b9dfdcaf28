import { describe, expect, test } from 'vitest'
import { helpText, parseArguments, requirePositionals } from '../../lib/cli/arguments.ts'
import { parseHorizon, parseMap, parseWhole } from '../../lib/cli/values.ts'
import { UsageError } from '../../lib/errors/index.ts'

const SPEC = {
  name: 'brew',
  summary: 'Makes tea.',
  positionals: ['POT'],
  examples: ['clvlab brew blue --minutes 4'],
  options: { minutes: { value: 'NUMBER', about: 'how long' }, milk: { about: 'with milk' } },
} as const

describe('a command line', () => {
  test('values, switches and positional arguments, in any order', () => {
    expect(parseArguments(['--milk', 'pot', '--minutes=4'], SPEC)).toEqual({
      values: { minutes: '4', milk: true },
      positionals: ['pot'],
      help: false,
    })
    expect(parseArguments(['--minutes', '-4'], SPEC).values.minutes).toBe('-4')
    expect(parseArguments(['-h'], SPEC).help).toBe(true)
  })

  test.each([
    [['--minuts', '4'], /no option --minuts; perhaps --minutes is meant/],
    [['--toString'], /no option --toString/],
    [['--minutes'], /--minutes needs a value/],
    [['--minutes', '--milk'], /--minutes needs a value/],
    [['--milk=yes'], /--milk takes no value/],
    [['--milk', '--milk'], /--milk is given twice/],
  ])('%j is refused by name', (argv, message) => {
    expect(() => parseArguments(argv, SPEC)).toThrow(UsageError)
    expect(() => parseArguments(argv, SPEC)).toThrow(message)
  })

  test('positional arguments: as many as there should be', () => {
    expect(() => requirePositionals([], SPEC)).toThrow(/POT is missing/)
    expect(() => requirePositionals(['a', 'b'], SPEC)).toThrow(/"b" is one argument too many/)
    expect(requirePositionals(['a'], SPEC)).toEqual(['a'])
  })

  test('help names usage, every option and an example', () => {
    expect(helpText(SPEC)).toBe(
      'clvlab brew POT [options]\n\nMakes tea.\n\n  --minutes NUMBER  how long\n  --milk            with milk\n\nexamples:\n  clvlab brew blue --minutes 4\n',
    )
  })
})

describe('values', () => {
  test('a horizon in days or weeks, up to a hundred years', () => {
    expect(['180d', '26w', '7'].map(parseHorizon)).toEqual([180, 182, 7])
    ;['', '0d', '-5d', '1.5d', '6m', '36526d', '99999999999999999999d', 'Infinity'].forEach(wrong =>
      expect(() => parseHorizon(wrong)).toThrow(UsageError),
    )
  })

  test('a mapping', () => {
    expect(parseMap('customer=id, time = when,amount=a=b')).toEqual({ customer: 'id', time: 'when', amount: 'a=b' })
    expect(() => parseMap('custmer=id,time=t')).toThrow(/perhaps "customer" is meant/)
    expect(() => parseMap('customer=id')).toThrow(/time is not mapped/)
    expect(() => parseMap('customer=,time=t')).toThrow(/names no column/)
    expect(() => parseMap('customer=a,customer=b,time=t')).toThrow(/mapped twice/)
    expect(() => parseMap('toString=a')).toThrow(UsageError)
  })

  test('a whole number within bounds', () => {
    expect(parseWhole('12', '--seed', 0, 100)).toBe(12)
    ;['1.5', 'x', '', '101', '-1', '1e2'].forEach(wrong => expect(() => parseWhole(wrong, '--seed', 0, 100)).toThrow(UsageError))
  })
})
