import { execFileSync } from 'node:child_process'
import { EngineError } from '../errors/index.ts'

/** One step of an installation, told before it is taken. Errors: `EngineError` `install-failed` with the last that was said of an error. */
export function step(
  say: (line: string) => void,
  what: string,
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): void {
  say(what)
  try {
    execFileSync(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
  } catch (cause) {
    const { stderr = '', stdout = '' } = cause as { stderr?: string; stdout?: string }
    const last = `${stdout}\n${stderr}`
      .trim()
      .split('\n')
      .filter(line => /error|ERR|cannot|No matching/i.test(line))
      .slice(-3)
      .join('\n  ')
    throw new EngineError({
      code: 'install-failed',
      what: `this step failed: ${what}${last === '' ? '' : `\n  ${last}`}`,
      where: `${command} ${args.join(' ')}`,
      remedy: 'see that the npm registry and PyPI can be reached, then try again; the wasm device needs nothing',
    })
  }
}
