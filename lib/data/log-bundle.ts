import { escapeHtml, type MimeBundle } from '../schema/index.ts'
import type { LogFacts } from './event-log.ts'

/** How a log shows itself: what it holds, what was refused and why, what can be asked of it, and the digest of its files. */
export function logBundle(facts: LogFacts): MimeBundle {
  const { rowsIn, rowsOut, rejected } = facts.counts
  const capabilities = [...facts.capabilities].join(', ') || 'none beyond customer, time and amount'
  const lines = [
    `${facts.title}: ${count(facts.customers)} customers, ${facts.firstDay} to ${facts.lastDay}`,
    `rows in ${count(rowsIn)} = events ${count(rowsOut)} + rejected ${count(rowsIn - rowsOut)}`,
    ...rejected.map(({ reason, rows }) => `  ${count(rows)} ${reason}`),
    `capabilities: ${capabilities}`,
    `SHA-256 ${facts.checksum}`,
  ]
  const parts: [string, string][] = [
    ['customers', count(facts.customers)],
    ['days', `${facts.firstDay} to ${facts.lastDay}`],
    ['rows in', `${count(rowsIn)} = events ${count(rowsOut)} + rejected ${count(rowsIn - rowsOut)}`],
    ...rejected.map(({ reason, rows }): [string, string] => [`rejected: ${reason}`, count(rows)]),
    ['capabilities', capabilities],
    ['SHA-256', facts.checksum],
  ]
  const rows = parts.map(
    ([head, value]) =>
      `<tr><th scope="row" style="text-align:left;font-weight:600">${escapeHtml(head)}</th><td style="text-align:left;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  )
  const { name, title, checksum, currency, customers, firstDay, lastDay } = facts
  const dataset = { title, checksum, name, currency, customers, firstDay, lastDay }
  return {
    data: {
      'text/html': `<table><caption style="text-align:left;font-weight:600">${escapeHtml(facts.title)}</caption><tbody>${rows.join('')}</tbody></table>`,
      'text/plain': lines.join('\n'),
    },
    metadata: { clvlab: { dataset } },
  }
}

const count = (value: number): string => value.toLocaleString('en-US')
