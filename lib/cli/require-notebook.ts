import fs from 'node:fs'
import { UsageError } from '../errors/index.ts'

/** A notebook that is written takes the place of a notebook, or of nothing. Errors: `UsageError` where something else stands there; a link is followed. */
export function requireNotebook(out: string): void {
  if (!fs.existsSync(out) || isNotebook(out)) return
  throw new UsageError({
    code: 'not-a-notebook',
    what: 'there is something that is no notebook, and a notebook would take its place',
    where: `--out ${out}`,
    remedy: 'give another name; nothing was written',
  })
}

function isNotebook(file: string): boolean {
  try {
    const found = JSON.parse(fs.readFileSync(file, 'utf8')) as unknown
    return typeof found === 'object' && found !== null && 'nbformat' in found && 'cells' in found
  } catch {
    return false
  }
}
