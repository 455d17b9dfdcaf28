import { compileSpec, drawSvg } from '../charts/index.ts'
import { readNotebook } from '../notebook/index.ts'
import { writeReport, type Drawing, type Provenance } from '../report/index.ts'

/** How reports are drawn: by the charts of this library. */
export const DRAWING: Drawing = {
  svg: async (spec, words) => await drawSvg(spec, 'page', words),
  compile: spec => compileSpec(spec, 'page'),
}

/** Exports an executed notebook as NAME.html and its Markdown twin into a folder; gives the HTML file's path. */
export async function exportReport(
  folder: string,
  name: string,
  executed: string,
  provenance: Provenance,
  interactive: boolean,
): Promise<string> {
  return await writeReport(folder, name, await readNotebook(executed), { provenance, interactive, drawing: DRAWING })
}
