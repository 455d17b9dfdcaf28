import { unescapeHtml } from '../escape.ts'
import { quoted } from '../quoted.ts'
import { withoutRun } from '../provenance.ts'
import type { Change } from './changes.ts'

/** A part of a report's page that a reader can be pointed to. */
export interface Piece {
  readonly kind: Change['kind']
  readonly at: string
  readonly cell?: string
  readonly html: string
}

const CELL = /<section class="cell" id="cell-([^"]+)">([\s\S]*?)<\/section>/g
const FIGURE = /<figure id="figure-(\d+)"[\s\S]*?<\/figure>/g
const CODE = /<details class="code">[\s\S]*?<\/details>/
const SPEC = /<script type="application\/json" id="spec-(\d+)">[\s\S]*?<\/script>\n?/g
const RECORD = /<script type="(?:text\/plain|application\/json)" id="record">[\s\S]*?<\/script>\n?/
const HEAD = /^[\s\S]*?<body>/
const PROVENANCE = /<section class="provenance"[\s\S]*?<\/section>/

/** A page in pieces, by key, none of them in two: cells with their code, outputs and figures, the words between, provenance, scripts and looks. */
export function piecesOf(page: string): ReadonlyMap<string, Piece> {
  const pieces = new Map<string, Piece>()
  const add = (key: string, piece: Piece): void => void pieces.set(key, piece)
  let rest = quoted(withoutRun(page)).replace(RECORD, '')
  rest = rest.replace(SPEC, (html, number: string) => {
    add(`spec ${number}`, { kind: 'figure', at: `figure ${number}, the live chart`, html })
    return ''
  })
  rest = rest.replace(CELL, (_, cell: string, body: string) => {
    const shown = body.replace(FIGURE, (html, number: string) => {
      add(`figure ${number}`, { kind: 'figure', at: `figure ${number}`, cell, html })
      return ''
    })
    const code = CODE.exec(shown)?.[0] ?? ''
    add(`code ${cell}`, { kind: 'cell', at: `the code of cell ${cell}`, cell, html: code })
    add(`cell ${cell}`, { kind: 'cell', at: `cell ${cell}`, cell, html: shown.replace(CODE, '') })
    return ''
  })
  rest = rest.replace(PROVENANCE, html => {
    add('provenance', { kind: 'provenance', at: 'provenance', html })
    return ''
  })
  rest = rest.replace(HEAD, html => {
    add('head', { kind: 'page', at: 'the page’s looks and scripts', html })
    return ''
  })
  add('words', { kind: 'text', at: 'the words between cells', html: rest })
  return pieces
}

/** What a reader sees of it, in one line. */
export function textOf(html: string): string {
  return unescapeHtml(html.replaceAll(/<(style|script)\b[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
}
