/** Byte addresses of what a program's instructions read and write. */
export interface Addresses {
  /** A step's values. */
  readonly step: (step: number) => number
  /** Their transpose. */
  readonly turned: (step: number) => number
  /** The space that a kernel needs, and the bytes of it that each thread has. */
  readonly scratch: (kernel: number) => readonly [address: number, bytes: number]
  /** Where a parameter's gradient belongs. */
  readonly gradient: (parameter: number) => number
}
