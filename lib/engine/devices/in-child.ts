import { spawnSync } from 'node:child_process'

/** What a process said before it ended, or why it said nothing. */
export type Said<T> =
  | { readonly said: T; /** A library that it looked for in vain, in the loader's words. */ readonly missed?: string }
  | { readonly why: string }

/** A process that has said nothing by then hangs, ms. */
const LIMIT = 60_000

/**
 * Runs a script that loads native code in a process of its own, for such code may end the process that loads it. The script calls `say` with what it
 * has found out.
 */
export function inChild<T>(script: string, env: Readonly<Record<string, string>> = {}): Said<T> {
  const source = `const say = what => console.log('clvlab:' + JSON.stringify(what))\n${script}`
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    timeout: LIMIT,
    killSignal: 'SIGKILL',
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  })
  const said = /^clvlab:(.*)$/m.exec(stdout ?? '')?.[1]
  const missed = /^.*?([\w.+-]+\.so[\w.]*: cannot open shared object file.*)$/m.exec(stderr ?? '')?.[1]
  if (status === 0 && said !== undefined) return { said: JSON.parse(said) as T, ...(missed === undefined ? {} : { missed }) }
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    return { why: `it did not answer within ${LIMIT / 1000} s` }
  const why =
    missed ?? /^\w*Error: .*$/m.exec(stderr ?? '')?.[0] ?? error?.message ?? `it ended with ${signal ?? `exit code ${status}`}`
  return { why: why.trim() }
}
