import { parentPort, workerData } from 'node:worker_threads'
import { generatePart, type Part } from './generate.ts'

for (const customers of generatePart(workerData as Part)) parentPort?.postMessage(customers)
