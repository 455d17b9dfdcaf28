import fs from 'node:fs'
import { DataError } from '../../errors/index.ts'
import { withFile } from './with-file.ts'

export interface DownloadOptions {
  /** Bytes so far, and of how many where the server says so. */
  readonly onProgress?: (done: number, of: number | undefined) => void
  /** Tries, each going on where the one before stopped; 3 unless given. */
  readonly attempts?: number
  /** Seconds without a byte after which a try is given up; 60 unless given. */
  readonly patience?: number
  /** Bytes beyond which the answer cannot be what is wanted. */
  readonly most?: number
}

/** What a partial download belongs to: it goes on only if the server still has the same. */
interface Origin {
  readonly url: string
  readonly validator: string
}

/**
 * Downloads to `file`, which holds all of it or does not exist; what has come so far waits in `file.part`, and a later call
 * goes on from there (Range, If-Range). Errors: `DataError` for a refusal, an interruption, or more bytes than `most`.
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const { attempts = 3 } = options
  for (let attempt = 1; ; attempt++) {
    try {
      await once(url, file, options)
      fs.renameSync(`${file}.part`, file)
      fs.rmSync(`${file}.part.json`, { force: true })
      return
    } catch (cause) {
      if (cause instanceof DataError) {
        if (cause.code === 'too-large') forget(file)
        throw cause
      }
      if (attempt < attempts) continue
      throw new DataError({
        code: 'interrupted',
        what: `the download broke off: ${reason(cause)}`,
        where: url,
        remedy: fs.existsSync(`${file}.part`)
          ? 'run it again: it goes on where it stopped'
          : 'check the address and the network, and run it again',
        cause,
      })
    }
  }
}

async function once(url: string, file: string, { onProgress, patience = 60, most = Infinity }: DownloadOptions): Promise<void> {
  const [part, note] = [`${file}.part`, `${file}.part.json`]
  const had = resumable(url, part, note)
  const stop = new AbortController()
  let timer = setTimeout(() => stop.abort(), patience * 1000)
  try {
    const answer = await fetch(url, {
      signal: stop.signal,
      headers: {
        'accept-encoding': 'identity',
        ...(had === undefined ? {} : { range: `bytes=${had.bytes}-`, 'if-range': had.validator }),
      },
    })
    if (answer.status === 416) {
      forget(file)
      throw new Error('the server no longer has the same file')
    }
    if (!answer.ok || answer.body === null) throw refused(url, answer)
    const goesOn =
      had !== undefined &&
      answer.status === 206 &&
      answer.headers.get('content-range')?.startsWith(`bytes ${had.bytes}-`) === true
    if (answer.status === 206 && !goesOn) throw new Error('the server sent another part than was asked for')
    let done = goesOn ? had.bytes : 0
    const length = answer.headers.get('content-length')
    const total = length === null ? undefined : done + Number(length)
    remember(note, { url, validator: answer.headers.get('etag') ?? answer.headers.get('last-modified') ?? '' })
    const watch = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        clearTimeout(timer)
        timer = setTimeout(() => stop.abort(), patience * 1000)
        done += chunk.length
        if (done > most)
          throw new DataError({
            code: 'too-large',
            what: `the answer is longer than ${most} bytes`,
            where: url,
            remedy: 'check the address: this is another file',
          })
        onProgress?.(done, total)
        yield chunk
      }
    }
    const { body } = answer
    await withFile(part, goesOn ? 'a' : 'w', sink => sink(watch(body as unknown as AsyncIterable<Uint8Array>)))
    if (total !== undefined && done !== total) throw new Error(`${done} of ${total} bytes came`)
  } finally {
    clearTimeout(timer)
  }
}

function resumable(url: string, part: string, note: string): { readonly bytes: number; readonly validator: string } | undefined {
  try {
    const origin = JSON.parse(fs.readFileSync(note, 'utf8')) as Origin
    const bytes = fs.statSync(part).size
    // A weak validator promises likeness, not the same bytes.
    return origin.url === url && origin.validator !== '' && !origin.validator.startsWith('W/') && bytes > 0
      ? { bytes, validator: origin.validator }
      : undefined
  } catch {
    return undefined
  }
}

function forget(file: string): void {
  fs.rmSync(`${file}.part`, { force: true })
  fs.rmSync(`${file}.part.json`, { force: true })
}

function remember(note: string, origin: Origin): void {
  fs.writeFileSync(`${note}.new`, JSON.stringify(origin))
  fs.renameSync(`${note}.new`, note)
}

function refused(url: string, { status, statusText }: Response): DataError {
  return new DataError({
    code: `http-${status}`,
    what: `the server answers ${status}${statusText === '' ? '' : ` ${statusText}`}`,
    where: url,
    remedy:
      status >= 500
        ? 'try again later, or give another address'
        : 'the file has perhaps moved: look at the page of the data set, and give its address',
  })
}

/** fetch hides what happened in the cause. */
function reason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return inner instanceof Error ? inner.message || inner.name : String(inner)
}
