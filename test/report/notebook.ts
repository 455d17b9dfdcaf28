import type { CodeCell, Notebook, Output } from '../../lib/notebook/index.ts'
import type { Drawing, Provenance } from '../../lib/report/index.ts'

export function code(id: string, source: string, ...outputs: Output[]): CodeCell {
  return { cell_type: 'code', id, metadata: {}, source, execution_count: 1, outputs }
}

export function notebook(markdown: string, ...cells: CodeCell[]): Notebook {
  return {
    cells: [{ cell_type: 'markdown', id: 'm', metadata: {}, source: markdown }, ...cells],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }
}

export function shown(data: Record<string, unknown>, metadata: Record<string, unknown> = {}): Output {
  return { output_type: 'display_data', data, metadata }
}

export const provenance: Provenance = {
  notebook: 'n.ipynb',
  parameters: { seed: 1 },
  data: { title: 'Shop', checksum: 'abc' },
  versions: { clvlab: '0' },
  device: 'wasm',
  run: { date: '2026-01-01', duration: '1 s', machine: 'a machine', commit: 'c0ffee' },
}

export const drawing: Drawing = {
  svg: async (_, { title }) => `<svg role="img"><title>${title}</title></svg>`,
  compile: spec => spec,
}

/** What passes for a picture, and is told from others by a word. */
export const pngOf = (word: string): Buffer =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from(word)])
