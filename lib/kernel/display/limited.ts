import { KernelError } from '../../errors/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

/** What one output may hold in all its forms, characters of JSON: a notebook with more can hardly be opened or kept. */
const LIMIT = 900_000
const TEXT_LIMIT = 100_000

/**
 * A bundle as it may be sent: JSON throughout, and not too large. Too long a text is cut; of the other forms the largest are left out, and
 * the text says so.
 *
 * @throws KernelError `no-bundle`, `no-json`
 */
export function limitedBundle(bundle: unknown): Required<MimeBundle> {
  const { data, metadata = {} } = (isObject(bundle) ? bundle : {}) as Partial<MimeBundle>
  if (!isObject(data)) {
    throw new KernelError({
      code: 'no-bundle',
      what: 'what is to be shown is no bundle',
      remedy: "give { data: { 'text/plain': … } }, by MIME type",
    })
  }
  const forms = new Map(Object.entries(data).map(([type, value]) => [type, toJson(type, value)]))
  const text = forms.get('text/plain')?.value
  if (typeof text === 'string' && text.length > TEXT_LIMIT) forms.set('text/plain', toJson('text/plain', cut(text, TEXT_LIMIT)))
  const left = withoutLargest(forms)
  if (left.length > 0) {
    const { value } = forms.get('text/plain') ?? { value: '' }
    const notice = `[clvlab: not shown, it is longer than ${LIMIT} characters: ${left.join(', ')}]`
    forms.set('text/plain', toJson('text/plain', value === '' ? notice : `${String(value)}\n${notice}`))
  }
  return {
    data: Object.fromEntries([...forms].map(([type, { value }]) => [type, value])),
    metadata: toJson('metadata', metadata).value as Record<string, unknown>,
  }
}

/** The beginning of a text, with a notice where there is more. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}\n[clvlab: ${text.length - limit} more characters are not shown]`
}

interface Form {
  readonly value: unknown
  readonly size: number
}

function withoutLargest(forms: Map<string, Form>): string[] {
  const left: string[] = []
  const bySize = [...forms].sort(([, a], [, b]) => b.size - a.size)
  let total = bySize.reduce((sum, [, { size }]) => sum + size, 0)
  for (const [type, { size }] of bySize) {
    if (total <= LIMIT) break
    if (type === 'text/plain') continue
    forms.delete(type)
    left.push(type)
    total -= size
  }
  return left
}

function toJson(type: string, value: unknown): Form {
  if (typeof value === 'string') return { value, size: value.length }
  if (value instanceof Uint8Array) return toJson(type, Buffer.from(value).toString('base64'))
  try {
    const text = JSON.stringify(value) as string | undefined
    if (text !== undefined) return { value: JSON.parse(text), size: text.length }
  } catch (cause) {
    throw notJson(type, cause instanceof Error ? cause.message.split('\n')[0] : String(cause))
  }
  throw notJson(type, `it is ${typeof value}`)
}

function notJson(type: string, why: string | undefined): KernelError {
  return new KernelError({
    code: 'no-json',
    what: `what is to be shown as ${type} is not JSON: ${why}`,
    remedy: 'give text, or values that JSON.stringify takes',
  })
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
