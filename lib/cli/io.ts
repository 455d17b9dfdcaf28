/** Where a command writes: passed in, so that commands can be tested and embedded. */
export interface Io {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  readonly isTTY: boolean
}

/** A command: its arguments in, its exit code out. Errors of this library may be thrown; `main` prints them. */
export type Command = (argv: readonly string[], io: Io) => Promise<number>
