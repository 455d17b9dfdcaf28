import fs from 'node:fs'
import path from 'node:path'
import { DataError, UsageError } from '../../errors/index.ts'
import { makeFolders } from '../make-folders.ts'
import { removeAtExit } from '../remove-at-exit.ts'
import { contentChecksum } from './checksum.ts'
import { download, type DownloadOptions } from './download.ts'
import { knownDataset, type KnownFile } from './known.ts'
import { placeOf } from './state.ts'
import { unpack } from './unpack.ts'
import { isZip, zipHolds } from './zip.ts'

export interface GetOptions extends Pick<DownloadOptions, 'attempts' | 'patience'> {
  /** The folder of data sets; the set goes below its name. */
  readonly folder: string
  /** Another address of the set's first file: plain, gzipped, or in a zip. Nothing but that file is then asked for. */
  readonly url?: string
  readonly onProgress?: (file: string, done: number, of: number | undefined) => void
}

/** A file that was asked for: `kept` when the right one was there already. */
export interface GotFile {
  readonly file: string
  readonly kept: boolean
}

/**
 * Gets a known data set. Each file is checked against its SHA-256 before it takes its place, so it is there whole or not at all; what
 * is there already is not asked for again, what is there damaged is replaced. Errors: `UsageError` for an unknown name or one without an address, `DataError`.
 */
export async function getDataset(name: string, options: GetOptions): Promise<readonly GotFile[]> {
  const dataset = knownDataset(name)
  const wanted = options.url === undefined ? dataset.files : dataset.files.slice(0, 1)
  if (wanted.length === 0) {
    throw new UsageError({
      code: 'no-address',
      what: `${dataset.title} has no address to get it from`,
      where: dataset.page,
      remedy: dataset.byHand ?? 'give its address',
    })
  }
  const folder = path.join(options.folder, dataset.name)
  makeFolders(folder)
  const got: GotFile[] = []
  for (const file of wanted) got.push(await getFile(file, options.url ?? file.url, folder, options))
  return got
}

async function getFile(
  wanted: KnownFile,
  url: string,
  folder: string,
  { onProgress, attempts, patience }: GetOptions,
): Promise<GotFile> {
  const there = placeOf(wanted.name, folder)
  if (there !== undefined && (await contentChecksum(there)) === wanted.sha256) return { file: there, kept: true }
  const target = path.join(folder, wanted.name)
  const [packed, workbook, plain] = [`${target}.download`, `${target}.xlsx`, `${target}.unpacked`]
  await download(url, packed, {
    most: wanted.bytes * 2 + 1_000_000,
    ...(attempts === undefined ? {} : { attempts }),
    ...(patience === undefined ? {} : { patience }),
    ...(onProgress === undefined ? {} : { onProgress: (done, of) => onProgress(wanted.name, done, of) }),
  })
  const passing = [packed, workbook, plain]
  const keep = passing.map(removeAtExit)
  try {
    if (wanted.workbook !== undefined && (await isZip(packed)) && zipHolds(packed, wanted.workbook.name)) {
      await unpack(packed, workbook, wanted.workbook)
      await check(workbook, wanted.workbook, url)
      await wanted.workbook.convert(workbook, plain)
    } else await unpack(packed, plain, wanted)
    await check(plain, wanted, url)
    fs.renameSync(plain, target)
    return { file: target, kept: false }
  } finally {
    for (const file of passing) fs.rmSync(file, { force: true })
    keep.forEach(each => each())
  }
}

/** Errors: `DataError` where the file is not the known one. */
async function check(file: string, known: { readonly name: string; readonly sha256: string }, url: string): Promise<void> {
  const sha256 = await contentChecksum(file)
  if (sha256 === known.sha256) return
  throw new DataError({
    code: 'wrong-checksum',
    what: `what came is not the known ${known.name}: its SHA-256 is ${sha256}, not ${known.sha256}`,
    where: url,
    remedy: 'nothing was kept; try again, or give another address',
  })
}
