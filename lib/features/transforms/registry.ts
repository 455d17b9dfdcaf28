import { FormatError } from '../../errors/index.ts'
import { clipRule } from './clip.ts'
import { crossTransform } from './cross.ts'
import { frequencyEncodeTransform } from './frequency-encode.ts'
import { imputeRule } from './impute.ts'
import { log1pRule } from './log1p.ts'
import { numericTransform } from './numeric-step.ts'
import { oneHotTransform } from './one-hot.ts'
import { quantileBinsTransform } from './quantile-bins.ts'
import { robustScaleRule } from './robust-scale.ts'
import { standardiseRule } from './standardise.ts'
import type { Transform } from './step.ts'

const TRANSFORMS = new Map<string, Transform>(
  [
    ...[standardiseRule, robustScaleRule, log1pRule, clipRule, imputeRule].map(numericTransform),
    quantileBinsTransform,
    oneHotTransform,
    frequencyEncodeTransform,
    crossTransform,
  ].map(transform => [transform.kind, transform]),
)

/** What a step of this kind does. Errors: `FormatError` for a kind that this version does not know. */
export function transformOf(kind: string): Transform {
  const found = TRANSFORMS.get(kind)
  if (found !== undefined) return found
  throw new FormatError({
    code: 'unknown-transform',
    what: `there is no transform "${kind}"`,
    remedy: `known are ${[...TRANSFORMS.keys()].join(', ')}`,
  })
}
