import { compileSpec, drawSvg } from '../charts/index.ts'
import { readNotebook } from '../notebook/index.ts'
import { writeReport, type Provenance } from '../report/index.ts'

/** Exports an executed notebook as NAME.html and its Markdown twin into a folder; gives the HTML file's path. */
export async function exportReport(
  folder: string,
  name: string,
  executed: string,
  provenance: Provenance,
  interactive: boolean,
): Promise<string> {
  return await writeReport(folder, name, await readNotebook(executed), {
    provenance,
    interactive,
    drawing: { svg: async (spec, words) => await drawSvg(spec, 'page', words), compile: spec => compileSpec(spec, 'page') },
  })
}
