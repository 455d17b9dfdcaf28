import { ClvError, EngineError } from '../../../errors/index.ts'
import type { Runner } from '../../device.ts'

/**
 * A runner whose failures in foreign code (out of memory, a lost adapter) are named: `EngineError` `device-failed`. So is a complaint that the code has made
 * aside while it answered something.
 */
export function guarded(runner: Runner, name: string, complaint: () => Error | undefined = () => undefined): Runner {
  const now = <T>(run: () => T): T => {
    try {
      return run()
    } catch (error) {
      throw named(error, name)
    }
  }
  const later = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      const answer = await run()
      const aside = complaint()
      if (aside === undefined) return answer
      throw aside
    } catch (error) {
      throw named(error, name)
    }
  }
  return {
    program: runner.program,
    memory: rows => runner.memory(rows),
    load: parameters => now(() => runner.load(parameters)),
    restore: state => now(() => runner.restore(state)),
    bind: data => now(() => runner.bind(data)),
    state: () => later(() => runner.state()),
    run: (rows, random) => later(() => runner.run(rows, random)),
    epoch: options => later(() => runner.epoch(options)),
    // what is lost already cannot be freed
    dispose: () => {
      try {
        runner.dispose()
      } catch (error) {
        if (error instanceof ClvError) throw error
      }
    },
  }
}

/** Our own errors as they are; any other as a failure of the device. */
export function named(error: unknown, name: string): ClvError {
  if (error instanceof ClvError) return error
  const { name: kind = 'Error', message = String(error) } = error as Partial<Error>
  return new EngineError({
    code: 'device-failed',
    what: `the device ${name} failed: ${firstLine(message) ?? kind}`,
    remedy: 'use smaller batches where its memory did not suffice, or another device: wasm is always there',
    cause: error,
  })
}

/** tfjs-node puts a number before what TensorFlow says: `Invalid TF_Status: 8`, and beneath it `Message: OOM when …`. */
function firstLine(message: string): string | undefined {
  const said = /^Message: (.+)$/m.exec(message)?.[1] ?? message.split('\n')[0]
  return said === undefined || said === '' ? undefined : said
}
