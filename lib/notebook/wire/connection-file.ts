import fs from 'node:fs'
import { KernelError } from '../../errors/index.ts'
import type { Connection } from './message.ts'

const PORTS = ['shell_port', 'control_port', 'iopub_port', 'stdin_port', 'hb_port'] as const

/** @throws KernelError where the file is missing or not a connection file */
export function readConnectionFile(file: string): Connection {
  let parsed: Partial<Connection>
  try {
    parsed = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Connection>
  } catch (cause) {
    throw new KernelError({
      code: 'connection-file',
      what: 'the connection file cannot be read',
      where: file,
      remedy: 'let Jupyter or `clvlab run` start the kernel',
      cause,
    })
  }
  const missing = PORTS.filter(name => typeof parsed[name] !== 'number')
  if (missing.length > 0)
    throw new KernelError({ code: 'connection-file', what: `the connection file lacks ${missing.join(', ')}`, where: file })
  const scheme = parsed.signature_scheme ?? 'hmac-sha256'
  if (scheme !== 'hmac-sha256')
    throw new KernelError({
      code: 'connection-file',
      what: `messages signed by ${scheme} are not understood`,
      where: file,
      remedy: 'use hmac-sha256',
    })
  return { ip: '127.0.0.1', transport: 'tcp', key: '', ...parsed, signature_scheme: scheme } as Connection
}
