import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'

export interface Served {
  content: Buffer
  etag?: string
  status?: number
  /** Bytes after which the connection breaks, for as many answers as are listed. */
  breaks?: number[]
  /** Says nothing after its headers. */
  stalls?: boolean
  /** Answers Range requests with the whole. */
  ignoresRange?: boolean
}

export interface Asked {
  readonly path: string
  readonly range: string | undefined
}

/** A server on this machine for the tests of one file. */
export function server(): {
  readonly files: Map<string, Served>
  readonly asked: Asked[]
  readonly address: (path: string) => string
} {
  const files = new Map<string, Served>()
  const asked: Asked[] = []
  let base = ''
  const host = http.createServer((request, response) => {
    const path = request.url ?? ''
    const { range } = request.headers
    asked.push({ path, range })
    const served = files.get(path)
    if (served === undefined || served.status !== undefined) {
      response.writeHead(served?.status ?? 404).end('no')
      return
    }
    const { content, etag = '"one"' } = served
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
    const partial = range !== undefined && served.ignoresRange !== true && request.headers['if-range'] === etag
    const body = partial ? content.subarray(from) : content
    response.writeHead(partial ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(partial ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    })
    if (served.stalls === true) {
      response.flushHeaders()
      return
    }
    const at = served.breaks?.shift()
    if (at === undefined) response.end(body)
    else response.write(body.subarray(0, at), () => setTimeout(() => response.destroy(), 20))
  })
  beforeAll(async () => {
    await new Promise<void>(resolve => {
      host.listen(0, '127.0.0.1', resolve)
    })
    base = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
  })
  afterAll(() => {
    host.closeAllConnections()
    host.close()
  })
  return { files, asked, address: path => base + path }
}
