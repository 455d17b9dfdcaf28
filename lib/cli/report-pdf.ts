import fs from 'node:fs'
import { UsageError } from '../errors/index.ts'
import { findBrowser, printPdf } from '../report/index.ts'
import { helpText, parseArguments, requirePositionals, type CommandSpec } from './arguments.ts'
import type { Io } from './io.ts'
import { refuseOver } from './refuse-over.ts'

const SPEC = {
  name: 'report pdf',
  summary:
    'Prints a report (.html) as PDF, by a Chromium or Chrome that is installed here; CLVLAB_CHROMIUM may name it. Code is unfolded, colours are light.',
  positionals: ['REPORT'],
  options: { out: { value: 'FILE', about: 'beside the report unless given, as NAME.pdf' } },
  examples: ['clvlab report pdf reports/embedded/01-from-events-to-value.html --out value.pdf'],
} as const satisfies CommandSpec

/** `clvlab report pdf`: a report on paper. */
export async function reportPdf(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(argv, SPEC)
  if (parsed.help) {
    io.stdout(helpText(SPEC))
    return 0
  }
  const [named] = requirePositionals(parsed.positionals, SPEC) as [string]
  const report = named.replace(/\.(?:md|json)$/, '.html')
  if (!fs.existsSync(report) || !report.endsWith('.html')) {
    throw new UsageError({
      code: 'no-report',
      what: report.endsWith('.html') ? 'there is no such report' : 'this is no report: a report ends in .html',
      where: report,
      remedy: report.endsWith('.ipynb')
        ? `\`clvlab report ${report}\` makes one`
        : 'name one, such as reports/embedded/01-from-events-to-value.html',
    })
  }
  const out = parsed.values.out ?? report.replace(/\.html$/, '.pdf')
  refuseOver(out, [report])
  if (!isOurs(fs.readFileSync(report, 'utf8'))) {
    throw new UsageError({
      code: 'not-a-report',
      what: 'this page was not made by clvlab, and is not opened',
      where: report,
      remedy: 'print it from a browser, or name a report, their index, or a page of `report diff`',
    })
  }
  await printPdf(findBrowser(), report, out)
  io.stdout(`${out}\n`)
  return 0
}

const HEAD = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';`

/** A report, their index or two runs side by side, closed off as they are; what else is on a disk may run scripts that read it. */
const isOurs = (html: string): boolean => html.startsWith(HEAD) && /<header class="?top"?><p>clvlab/.test(html)
