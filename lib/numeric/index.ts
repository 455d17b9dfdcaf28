export { cos, exp, exp2i, expm1, log, log1p, pow, sigmoid, sin, softplus, tanh } from './elementary.ts'
export { Random } from './random.ts'
export { Seed } from './seed.ts'
export { threefry2x32 } from './threefry.ts'
