import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DeviceName } from '../registry.ts'
import { firstRows, type Job } from './difference.ts'
import type { TrialAnswer, TrialOrder } from './trial.ts'

/** Batches that a trial sees. */
const BATCHES = 4
/** A device that has not answered by then is too slow to be chosen, ms. */
export const LIMIT = 20_000

/** Times some steps of a training on a device, in a process of its own. Never throws: a device that fails says why. */
export async function tried(device: DeviceName, job: Job, limit = LIMIT): Promise<TrialAnswer> {
  const few = { ...job, rows: firstRows(job.rows, BATCHES * job.program.batch) }
  return await new Promise(resolve => {
    const child = fork(trialFile(), { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const timer = setTimeout(() => end({ why: `it took longer than ${limit / 1000} s` }), limit)
    const end = (answer: TrialAnswer): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    child.once('message', (answer: TrialAnswer) => end(answer))
    child.once('error', error => end({ why: error.message }))
    child.once('exit', (code, signal) => end({ why: `its process ended with ${signal ?? `exit code ${code}`}` }))
    child.send({ device, job: few } satisfies TrialOrder, error => error !== null && end({ why: error.message }))
  })
}

/** A process runs what has been built, also when this file itself is run as it was written. */
function trialFile(): string {
  const here = import.meta.url
  const built = here.endsWith('.ts') ? here.replace(/\/lib\/(engine\/choice\/[^/]+)$/, '/dist/$1') : here
  return fileURLToPath(new URL('./trial.js', built))
}
