import type { Box, Mark } from './marks-of.ts'
import type { Run } from './path-runs.ts'
import type { SvgNode } from './svg-tree.ts'

/** Marks that look alike, drawn together. */
export interface Together {
  readonly nodes: SvgNode[]
  readonly runs?: Run[]
  readonly boxes: Box[]
  readonly look: string
}

/** How far back a mark may be drawn earlier than it was. */
const BACK = 80

/**
 * Marks that look alike together: lines as one path, shapes that do not lie above each other as one, texts as one group. A mark is drawn earlier only past
 * marks that it does not touch, so that nothing comes to lie above what covered it.
 */
export function merged(marks: readonly Mark[]): readonly Together[] {
  const groups: Together[] = []
  for (const mark of marks) {
    const look = lookOf(mark)
    const found = look === '' ? undefined : partner(groups, mark, look)
    if (found === undefined)
      groups.push({ nodes: [mark.node], boxes: [mark.box], look, ...(mark.runs === undefined ? {} : { runs: [...mark.runs] }) })
    else {
      found.nodes.push(mark.node)
      found.boxes.push(mark.box)
      found.runs?.push(...(mark.runs ?? []))
    }
  }
  return groups
}

function partner(groups: readonly Together[], mark: Mark, look: string): Together | undefined {
  const apart = ({ boxes }: Together): boolean => boxes.every(box => !meet(box, mark.box))
  // shapes above each other would be one where they overlap, and not shine through each other
  const shape = mark.node.attributes.has('fill') && mark.runs !== undefined
  for (let i = groups.length - 1; i >= Math.max(0, groups.length - BACK); i--) {
    const group = groups[i] as Together
    if (group.look === look && (!shape || apart(group))) return group
    if (!apart(group)) return undefined
  }
  return undefined
}

/** What tells marks that cannot be drawn together apart; empty for a mark that stays alone. */
function lookOf({ node, runs }: Mark): string {
  const places = node.name === 'text' ? ['x', 'y'] : []
  if (runs === undefined && node.name !== 'text') return ''
  if (node.attributes.has('opacity') || node.attributes.has('transform')) return ''
  return [node.name, ...[...node.attributes].filter(([key]) => !places.includes(key)).flat()].join(' ')
}

/** Whether two boxes share more than an edge. */
const meet = ([l, t, r, b]: Box, [left, top, right, bottom]: Box): boolean =>
  l < right - 0.05 && left < r - 0.05 && t < bottom - 0.05 && top < b - 0.05
