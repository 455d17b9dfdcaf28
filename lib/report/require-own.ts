import fs from 'node:fs'
import path from 'node:path'
import { ReportError } from '../errors/index.ts'
import { isReport } from './provenance.ts'

/** The files of one report in a folder. */
export interface ReportFiles {
  readonly html: string
  readonly twin: string
  readonly card: string
  readonly images: string
}

export function reportFiles(folder: string, name: string): ReportFiles {
  const file = (ending: string): string => path.join(folder, `${name}.${ending}`)
  return { html: file('html'), twin: file('md'), card: file('json'), images: path.join(folder, 'images', name) }
}

/** Pictures that a report makes; whatever else lies among them is not its own. */
export const isFigure = (file: string): boolean => /^figure-\d+\.png$/.test(file)

/**
 * What a report would take the place of must be an earlier report: its page, twin and card, and, of what lies among its pictures, the figures. Errors:
 * `ReportError` where something else stands there, before anything is written.
 */
export function requireOwn({ html, twin, card, images }: ReportFiles, figures: Iterable<string>): void {
  const known = isReport(textOf(html) ?? '')
  const foreign = [
    ...[html, twin].filter(file => fs.existsSync(file) && !isReport(textOf(file) ?? '')),
    ...[card].filter(file => fs.existsSync(file) && !isCard(textOf(file) ?? '')),
    ...[...figures]
      .map(figure => path.join(images, figure))
      .filter(file => fs.existsSync(file) && (!known || !fs.statSync(file).isFile())),
  ]
  const [first] = foreign
  if (first === undefined) return
  throw new ReportError({
    code: 'not-a-report',
    what: 'there is something that no report has made, and the report would take its place',
    where: first,
    remedy: 'give another folder, or move it away; nothing was written',
  })
}

/** Undefined for what cannot be read, such as a folder. */
function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isCard(text: string): boolean {
  try {
    const card = JSON.parse(text) as unknown
    return (
      typeof card === 'object' &&
      card !== null &&
      ['name', 'title', 'finding', 'data', 'state', 'drawing'].every(key => key in card)
    )
  } catch {
    return false
  }
}
