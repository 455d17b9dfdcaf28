import fs from 'node:fs'
import path from 'node:path'
import { contentChecksum } from './checksum.ts'
import type { KnownDataset, KnownFile } from './known.ts'

/** `damaged`: there, but not the bytes that are known; perhaps another version. */
export type DatasetState = 'present' | 'absent' | 'damaged'

export interface FoundDataset {
  readonly state: DatasetState
  /** The folder that holds it: for `openDataset`. */
  readonly folder?: string
}

/** Whether a folder of data sets holds one, below its name or in the folder itself. A set of several files is present with any of them. */
export async function datasetState(dataset: KnownDataset, folder: string): Promise<FoundDataset> {
  for (const place of [path.join(folder, dataset.name), folder]) {
    const states = dataset.name === 'simulated' ? await simulatedStates(place) : await fileStates(dataset.files, place)
    if (states.includes('damaged')) return { state: 'damaged', folder: place }
    if (states.includes('present')) return { state: 'present', folder: place }
  }
  return { state: 'absent' }
}

/** The path of a file in a folder, plain or gzipped. */
export function placeOf(name: string, folder: string): string | undefined {
  return [name, `${name}.gz`].map(each => path.join(folder, each)).find(file => fs.existsSync(file))
}

async function fileStates(files: readonly KnownFile[], folder: string): Promise<DatasetState[]> {
  const states: DatasetState[] = []
  for (const { name, sha256 } of files) {
    const file = placeOf(name, folder)
    states.push(file === undefined ? 'absent' : (await contentChecksum(file)) === sha256 ? 'present' : 'damaged')
  }
  return states
}

/** The manifest has the checksum of each file. */
async function simulatedStates(folder: string): Promise<DatasetState[]> {
  const manifest = path.join(folder, 'manifest.json')
  if (!fs.existsSync(manifest)) return ['absent']
  try {
    const { format, files } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as {
      readonly format?: string
      readonly files: Readonly<Record<string, string>>
    }
    if (format !== 'clvlab-simulated') return ['absent']
    for (const [name, sha256] of Object.entries(files)) {
      const file = path.join(folder, name)
      if (!fs.existsSync(file) || (await contentChecksum(file)) !== sha256) return ['damaged']
    }
    return ['present']
  } catch {
    return ['damaged']
  }
}
