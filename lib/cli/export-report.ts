import { drawing, liveSpec } from '../charts/index.ts'
import { readNotebook } from '../notebook/index.ts'
import { contentOf, writeReport, type Drawing, type Figure, type Provenance } from '../report/index.ts'
import type { Io } from './io.ts'

/** How reports are drawn: by the charts of this library. */
export async function pageDrawing(): Promise<Drawing> {
  const { compileSpec, drawSvg } = await drawing()
  return { svg: async (spec, words) => await drawSvg(spec, 'page', words), compile: spec => compileSpec(liveSpec(spec), 'page') }
}

/** Exports an executed notebook as NAME.html and its Markdown twin into a folder, and says which figures lack words; gives the HTML file's path. */
export async function exportReport(
  folder: string,
  name: string,
  executed: string,
  provenance: Provenance,
  interactive: boolean,
  io: Pick<Io, 'stderr'>,
): Promise<string> {
  const notebook = await readNotebook(executed)
  for (const { number, cell, title, alt } of contentOf(notebook).figures.values()) {
    if (title.trim() === '') io.stderr(`warning: figure ${number} (cell ${cell}) has no title\n`)
    if (alt.trim() === '')
      io.stderr(`warning: figure ${number} (cell ${cell}) has no alternative text, for those who cannot see it\n`)
  }
  const onUndrawn = ({ number, cell }: Figure, why: string): void =>
    io.stderr(`warning: figure ${number} (cell ${cell}): ${why}\n`)
  const onUnread = (tex: string, cell: string, why: string): void =>
    io.stderr(
      `warning: the formula ${JSON.stringify(tex.trim().slice(0, 60))} (cell ${cell}) is shown as it is written: ${why}\n`,
    )
  return await writeReport(folder, name, notebook, { provenance, interactive, drawing: await pageDrawing(), onUndrawn, onUnread })
}
