import { log, pow } from '../numeric/index.ts'
import { significant } from './words.ts'

/** Bins of equal width on a logarithmic axis, `perDecade` of them from one power of ten to the next, in the library's own powers. */
export class LogBins {
  readonly perDecade: number

  constructor(perDecade: number) {
    this.perDecade = perDecade
  }

  /** The bin that holds a positive value: `edge(bin) <= value < edge(bin + 1)`, edges not rounded, so that 1000 begins a bin. */
  of(value: number): number {
    const near = Math.floor((log(value) / Math.LN10) * this.perDecade)
    return pow(10, (near + 1) / this.perDecade) <= value ? near + 1 : pow(10, near / this.perDecade) > value ? near - 1 : near
  }

  /** The lower end of a bin, or a place within where `bin` is not whole, to four digits. */
  edge(bin: number): number {
    return significant(pow(10, bin / this.perDecade))
  }
}
