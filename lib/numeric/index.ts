export { Random } from './random.ts'
export { Seed } from './seed.ts'
export { threefry2x32 } from './threefry.ts'
