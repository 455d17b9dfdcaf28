import { renderTable } from '../../schema/display/index.ts'
import type { MimeBundle } from '../../schema/display/index.ts'

/** What a model that has been fitted says of itself, whatever its class: its name, its parameters. */
interface Fitted {
  readonly model: string
  readonly parameters: Readonly<Record<string, number | string>>
  readonly predict: (...args: never[]) => unknown
}

/** What a model says of itself before it is fitted. */
interface Unfitted {
  readonly name: string
  readonly title: string
  readonly family: string
  readonly fit: (...args: never[]) => unknown
}

/** A model's parameters as a table, their standard errors beside them; one that is not fitted as a line, several as a list. Undefined for anything else. */
export function modelBundle(value: unknown): MimeBundle | undefined {
  if (isFitted(value)) return fittedBundle(value)
  if (Array.isArray(value) && value.length > 0 && value.every(isUnfitted)) return listBundle(value)
  if (!isUnfitted(value)) return undefined
  const text = `${value.title} (${value.name}; ${value.family}), not fitted: \`await model.fit(task, { seed })\``
  return { data: { 'text/plain': text } }
}

function listBundle(models: readonly Unfitted[]): MimeBundle {
  return renderTable(['name', 'title', 'family'], name => models.map(model => model[name as 'title']), models.length)
}

function fittedBundle({ model, parameters }: Fitted): MimeBundle {
  const names = Object.keys(parameters).filter(name => !(name.startsWith('se ') && name.slice(3) in parameters))
  const values = names.map(name => parameters[name] as number | string)
  const errors = names.map(name => parameters[`se ${name}`]).map(error => (typeof error === 'number' ? error : null))
  const columns: Readonly<Record<string, readonly (number | string | null)[]>> = {
    parameter: names,
    value: values.map(value => (typeof value === 'number' ? String(Number(value.toPrecision(6))) : value)),
    ...(errors.some(error => error !== null) ? { 'standard error': errors } : {}),
  }
  const table = renderTable(Object.keys(columns), name => columns[name] ?? [], names.length)
  return {
    data: {
      'text/plain': `${model}, fitted\n${String(table.data['text/plain'])}`,
      'text/html': `<p><b>${model.replace(/[&<]/g, '')}</b>, fitted</p>${String(table.data['text/html'])}`,
    },
  }
}

function isFitted(value: unknown): value is Fitted {
  const model = value as Partial<Fitted>
  return isObject(value) && typeof model.model === 'string' && typeof model.predict === 'function' && isObject(model.parameters)
}

function isUnfitted(value: unknown): value is Unfitted {
  const model = value as Partial<Unfitted>
  return (
    isObject(value) &&
    [model.name, model.title, model.family].every(text => typeof text === 'string') &&
    typeof model.fit === 'function'
  )
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
