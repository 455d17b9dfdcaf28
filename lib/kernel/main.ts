/** The kernel's process, without the command line around it: `node dist/kernel/main.js --connection-file FILE`. */
import { parseArgs } from 'node:util'
import { serveKernel } from './start.ts'

const { values } = parseArgs({ options: { 'connection-file': { type: 'string', short: 'f' } } })
try {
  await serveKernel(values['connection-file'] ?? '')
} catch (error) {
  process.stderr.write(`clvlab: ${error instanceof Error ? error.message : String(error)}\n`)
  process.kill(process.pid) // the sockets' thread would keep it
}
