import { grouped } from './format-column.ts'

/** Colours are mixed from the text's own, so that the table reads alike on light and on dark pages. */
export const TABLE_STYLE = `.clv-table{overflow-x:auto;margin:.5em 0}
.clv-table table{border-collapse:collapse;font-size:.9em;font-variant-numeric:tabular-nums lining-nums;width:auto}
.clv-table caption{text-align:left;font-weight:600;padding:0 0 .3em}
.clv-table th,.clv-table td{padding:.3em .8em;text-align:left;white-space:nowrap;border:0;background:none;color:inherit}
.clv-table thead th{vertical-align:bottom;font-weight:600;border-bottom:1.5px solid color-mix(in srgb,currentColor 45%,transparent)}
.clv-table thead small{display:block;font-weight:400;font-size:.8em;opacity:.7}
.clv-table tbody tr+tr td{border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}
.clv-table tbody tr:hover td{background:color-mix(in srgb,currentColor 6%,transparent)}
.clv-table .number{text-align:right}
.clv-table p{margin:.4em 0 0;font-size:.8em;opacity:.7}`.replaceAll('\n', '')

/** The page whose button is pressed is shown, and what only the first page alone would say is not. */
export function pageStyle(pages: number): string {
  const choose = Array.from({ length: pages }, (_, i) => {
    const nth = `:nth-of-type(${i + 1})`
    return `.clv-table form:has(label${nth} :checked) tbody${nth}{display:table-row-group}`
  })
  return `${PAGER_STYLE}${choose.join('')}`
}

const PAGER_STYLE = `.clv-table form{margin:0}
.clv-table form:has(:checked) tbody,.clv-table .first{display:none}
.clv-table p.pages{display:flex;flex-wrap:wrap;gap:.2em;opacity:1}
.clv-table label{padding:.15em .6em;border-radius:1em;cursor:pointer;opacity:.7}
.clv-table label:hover{background:color-mix(in srgb,currentColor 10%,transparent)}
.clv-table label:has(:checked){background:color-mix(in srgb,currentColor 16%,transparent);opacity:1;font-weight:600}
.clv-table label:has(:focus-visible){outline:2px solid currentColor}
.clv-table input{position:absolute;opacity:0;pointer-events:none}`.replaceAll('\n', '')

/** A button for each page. A form keeps the buttons of one table together; it is sent nowhere. Hidden where there is no style to it. */
export function pager(pages: readonly (readonly [from: number, to: number])[], length: number): string {
  const labels = pages.map(
    ([from, to], i) =>
      `<label><input type="radio" name="page"${i === 0 ? ' checked' : ''}>${grouped(from + 1)}–${grouped(to)}</label>`,
  )
  const last = pages.at(-1)?.[1] ?? 0
  const rest = last < length ? `<span>of ${grouped(length)}; rows from ${grouped(last + 1)} on are not in this output</span>` : ''
  return `<p class="pages" role="group" aria-label="Rows" hidden="hidden">${labels.join('')}${rest}</p>`
}
