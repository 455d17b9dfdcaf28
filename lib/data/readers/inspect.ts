import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { DataError } from '../../errors/index.ts'
import { LineMap } from './line-map.ts'
import { damagedGzip, firstBytes, isGzip, unreadable } from './unreadable.ts'

/** What one pass over a text file tells before it is parsed. */
export interface FileFacts {
  /** SHA-256 of the unpacked content. */
  readonly checksum: string
  readonly bytes: number
  readonly gzip: boolean
  /** The first line, without byte order mark and line end. */
  readonly header: string
  readonly lines: LineMap
  /** Records of the file, the header counted, blank lines not: what a parser must come to as well. */
  readonly records: number
}

const [TAB, LINE_FEED, RETURN, SPACE, QUOTE] = [9, 10, 13, 32, 34]
/** Comma, semicolon and tab part fields; a byte order mark stands before the first. */
const BEFORE_FIELD = new Set([44, 59, TAB, 0xef, 0xbb, 0xbf])
type Consumer = (chunks: AsyncIterable<Buffer>) => Promise<void>

/**
 * Reads a text file once, unpacking gzip: checksum, first line, and everything that makes the file unusable as
 * a whole. Errors: `DataError` for a missing file, a folder, an empty file, a truncated or damaged gzip, bytes that are not
 * UTF-8, a NUL byte, quotes that do not close, lines that end now with CRLF and now with LF, or with CR alone. A single unusable row is not an error here; it becomes a rejected row.
 */
export async function inspect(file: string): Promise<FileFacts> {
  const gzip = await isGzip(file)
  await refuseUtf16(file)
  const scan = new Scan(file)
  await through(file, gzip, scan.read, () => scan.line)
  if (!scan.validText()) throw await badUtf8(file, gzip)
  return scan.finish(gzip)
}

class Scan {
  line = 1
  private readonly file: string
  private readonly hash = createHash('sha256')
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private readonly lines = new LineMap()
  private readonly head: Buffer[] = []
  private headDone = false
  private utf8 = true
  private bytes = 0
  private records = 0
  private quotes = 0
  private lastQuoteLine = 0
  /** Whether a quote here would begin a field, and whether the one that is open stands inside a field. */
  private fieldStart = true
  private stray = false
  private blank = true
  private last = 0
  /** Whether lines end with CRLF, once the first has ended. */
  private crlf: boolean | undefined

  constructor(file: string) {
    this.file = file
  }

  readonly read: Consumer = async chunks => {
    for await (const chunk of chunks) {
      this.hash.update(chunk)
      this.bytes += chunk.length
      this.utf8 &&= this.decodes(chunk)
      if (!this.headDone) {
        const end = chunk.indexOf(LINE_FEED)
        this.head.push(end < 0 ? chunk : chunk.subarray(0, end))
        this.headDone = end >= 0
      }
      for (let i = 0; i < chunk.length; i++) this.byte(chunk[i] as number)
    }
  }

  validText(): boolean {
    return this.utf8 && this.decodes()
  }

  finish(gzip: boolean): FileFacts {
    const { file, bytes } = this
    if (bytes === 0)
      throw new DataError({
        code: 'empty-file',
        what: 'the file is empty',
        where: file,
        remedy: 'give a file with a header line and events',
      })
    if (this.quotes % 2 === 1) {
      if (this.stray) throw this.strayQuote()
      throw new DataError({
        code: 'broken-quoting',
        what: 'a quoted field does not close',
        where: `${file}, the last quote stands on line ${this.lastQuoteLine}`,
        remedy: 'close the quote, or write a quote inside a field as two',
      })
    }
    if (!this.blank) this.records++
    if (this.records === 0)
      throw new DataError({
        code: 'empty-file',
        what: 'the file holds nothing but blank lines',
        where: file,
        remedy: 'give a file with a header line and events',
      })
    const header = Buffer.concat(this.head)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r$/, '')
    return { checksum: this.hash.digest('hex'), bytes, gzip, header, lines: this.lines, records: this.records }
  }

  private byte(byte: number): void {
    if (byte === LINE_FEED) this.endLine()
    else if (byte === 0) {
      throw new DataError({
        code: 'nul-byte',
        what: 'the file holds a NUL byte',
        where: `${this.file}, line ${this.line}`,
        remedy: 'it is no text file, or it is damaged; export it again as UTF-8 text',
      })
    } else {
      if (this.last === RETURN && this.quotes % 2 === 0) throw this.loneReturn()
      if (byte !== RETURN && byte !== SPACE && byte !== TAB) this.blank = false
      if (byte === QUOTE) this.quote()
      else if (byte !== SPACE && byte !== RETURN) this.fieldStart = BEFORE_FIELD.has(byte)
    }
    this.last = byte
  }

  private quote(): void {
    if (this.quotes % 2 === 0 && this.last !== QUOTE) this.stray = !this.fieldStart
    this.quotes++
    this.lastQuoteLine = this.line
    this.fieldStart = false
  }

  private strayQuote(): DataError {
    return new DataError({
      code: 'broken-quoting',
      what: 'a quote stands inside a field that is not quoted',
      where: `${this.file}, line ${this.lastQuoteLine}`,
      remedy: 'quote the field and write the quote in it as two: "5"" pipe"',
    })
  }

  private loneReturn(): DataError {
    return new DataError({
      code: 'lone-return',
      what: 'a line ends with CR alone',
      where: `${this.file}, line ${this.line}`,
      remedy: String.raw`end lines with LF or CRLF, for example with tr '\r' '\n', and quote fields that hold line breaks`,
    })
  }

  private endLine(): void {
    if (this.quotes % 2 === 1 && this.stray) throw this.strayQuote()
    this.line++
    if (this.quotes % 2 === 1) {
      this.lines.shiftAfter(this.records + 1)
      return
    }
    this.fieldStart = true
    this.crlf ??= this.last === RETURN
    if (this.crlf !== (this.last === RETURN)) {
      throw new DataError({
        code: 'mixed-line-ends',
        what: 'lines end in two ways, with CRLF and with LF',
        where: `${this.file}, line ${this.line - 1}`,
        remedy: 'write one of them throughout, for example with dos2unix',
      })
    }
    if (this.blank) this.lines.shiftAfter(this.records)
    else this.records++
    this.blank = true
  }

  private decodes(chunk?: Buffer): boolean {
    try {
      this.decoder.decode(chunk, { stream: chunk !== undefined })
      return true
    } catch {
      return false
    }
  }
}

/** A second pass, only for the message: which line it is. */
async function badUtf8(file: string, gzip: boolean): Promise<DataError> {
  let line = 1
  let found = false
  let rest = Buffer.alloc(0)
  await through(
    file,
    gzip,
    async chunks => {
      for await (const chunk of chunks) {
        if (found) continue
        rest = Buffer.concat([rest, chunk])
        for (let end = rest.indexOf(LINE_FEED); end >= 0 && !found; end = rest.indexOf(LINE_FEED)) {
          found = !isUtf8(rest.subarray(0, end))
          if (!found) line++
          rest = rest.subarray(end + 1)
        }
      }
    },
    () => line,
  )
  return new DataError({
    code: 'bad-utf8',
    what: 'the file holds bytes that are not UTF-8',
    where: `${file}, line ${line}`,
    remedy: `convert it, for example with iconv -f WINDOWS-1252 -t UTF-8 "${file}"`,
  })
}

/** What a spreadsheet calls Unicode text. */
async function refuseUtf16(file: string): Promise<void> {
  const mark = (await firstBytes(file, 2)).toString('hex')
  if (mark !== 'fffe' && mark !== 'feff') return
  throw new DataError({
    code: 'utf-16',
    what: 'the file is UTF-16, not UTF-8',
    where: `${file}, line 1`,
    remedy: `convert it, for example with iconv -f UTF-16 -t UTF-8 "${file}"`,
  })
}

async function through(file: string, gzip: boolean, consume: Consumer, line: () => number): Promise<void> {
  let found: DataError | undefined
  const consumer: Consumer = async chunks => {
    try {
      await consume(chunks)
    } catch (cause) {
      if (cause instanceof DataError) found = cause
      throw cause
    }
  }
  try {
    await (gzip ? pipeline(fs.createReadStream(file), createGunzip(), consumer) : pipeline(fs.createReadStream(file), consumer))
  } catch (cause) {
    // A pipeline that is stopped may tell of its stop rather than of the reason.
    throw found ?? (gzip ? damagedGzip(file, line(), cause) : undefined) ?? unreadable(file, cause)
  }
}
