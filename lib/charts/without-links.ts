import type { Spec } from './chart.ts'

/** A picture that comes along as data. */
export const EMBEDDED = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*$/

/** A specification without what would lead a reader out of the page, or call something into it: links, and pictures from elsewhere. Its data stay as they are. */
export function withoutLinks(spec: Spec): Spec {
  return cleaned(spec, '') as Spec
}

function cleaned(part: unknown, within: string): unknown {
  if (Array.isArray(part)) return part.map(each => cleaned(each, within))
  if (typeof part !== 'object' || part === null || within === 'values' || within === 'datasets') return part
  return Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) => {
      if (name === 'href') return []
      // where data lie is for the one who draws to refuse
      if (name === 'url' && within !== 'data' && !(typeof value === 'string' && EMBEDDED.test(value))) return []
      return [[name, cleaned(value, name)]]
    }),
  )
}
