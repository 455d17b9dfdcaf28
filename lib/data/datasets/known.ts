import { nearest, UsageError } from '../../errors/index.ts'
import { workbookToCsv } from './online-retail-workbook.ts'

/** A file of a data set and where it can be had. */
export interface KnownFile {
  readonly name: string
  /** Of the content, unpacked. */
  readonly sha256: string
  readonly bytes: number
  /** A public address of the file, of its gzip, or of a zip that holds it or its workbook. */
  readonly url: string
  /** Where the public source has it as a workbook: what that is called there, and how it becomes the file. */
  readonly workbook?: {
    readonly name: string
    readonly sha256: string
    /** At most. */
    readonly bytes: number
    readonly convert: (source: string, target: string) => Promise<void>
  }
}

export interface KnownDataset {
  readonly name: string
  readonly title: string
  readonly licence: string
  /** Where people read about it. */
  readonly page: string
  readonly files: readonly KnownFile[]
  /** How to come by it where no file has an address. */
  readonly byHand?: string
}

/** The addresses are public and were not tried when this was written; a checksum guards what they give. */
export const KNOWN_DATASETS: readonly KnownDataset[] = [
  {
    name: 'simulated',
    title: 'Simulated shop',
    licence: 'MIT, as this project',
    page: 'datasets/simulated.md',
    files: [],
    byHand: 'make it: `clvlab datasets simulate`',
  },
  {
    name: 'online-retail',
    title: 'Online Retail',
    licence: 'CC BY 4.0, Daqing Chen, UCI Machine Learning Repository',
    page: 'https://archive.ics.uci.edu/dataset/352/online+retail',
    files: [
      {
        name: 'online_retail.csv',
        sha256: 'c35975c40d0e1e105090fbb11188a409393055f873841bd012915475fc84e69f',
        bytes: 48_039_726,
        url: 'https://archive.ics.uci.edu/static/public/352/online+retail.zip',
        workbook: {
          name: 'Online Retail.xlsx',
          sha256: '43465a06f2ccf7c8b5bd2892bc7defb52f97487934fe93b16ae4c3936424676d',
          bytes: 40_000_000,
          convert: workbookToCsv,
        },
      },
    ],
  },
  {
    name: 'cdnow',
    title: 'CDNOW',
    licence: 'public research data, Fader and Hardie (2001)',
    page: 'https://www.brucehardie.com/datasets/',
    files: [
      {
        name: 'CDNOW_master.txt',
        sha256: 'eff6889ed364c5199d6eacbbeb7a6d559971df4406ac876f322c373f00a072ef',
        bytes: 1_950_500,
        url: 'https://www.brucehardie.com/datasets/CDNOW_master.zip',
      },
      {
        name: 'CDNOW_sample.txt',
        sha256: '6fae10155c0b0ba363c2c386e30f77990d22328220efd862a5edd1443420d94a',
        bytes: 228_327,
        url: 'https://www.brucehardie.com/datasets/CDNOW_sample.zip',
      },
    ],
  },
]

/** Errors: `UsageError` for a name that is not known, with the nearest. */
export function knownDataset(name: string): KnownDataset {
  const found = KNOWN_DATASETS.find(each => each.name === name)
  if (found !== undefined) return found
  const names = KNOWN_DATASETS.map(each => each.name)
  const near = nearest(name, names)
  throw new UsageError({
    code: 'unknown-dataset',
    what: `there is no data set "${name}"${near === undefined ? '' : `; perhaps "${near}" is meant`}`,
    remedy: `known are ${names.join(', ')}`,
  })
}
