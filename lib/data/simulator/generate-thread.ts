import { parentPort, workerData } from 'node:worker_threads'
import { generatePart, type Part } from './generate.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
for (const customers of generatePart(workerData as Part)) parentPort?.postMessage(customers)
