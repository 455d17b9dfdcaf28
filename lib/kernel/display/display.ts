import { randomUUID } from 'node:crypto'
import type { MimeBundle } from '../../schema/display/index.ts'
import { toBundle } from './bundle.ts'

/** A place in the notebook in which something is shown. */
export interface DisplayHandle {
  readonly update: (value: unknown) => void
}

export type ShowBundle = (bundle: MimeBundle, id: string | undefined, isUpdate: boolean) => void

/** `display(value)` of a cell. A value whose form comes later is shown when it comes. */
export function displayer(show: ShowBundle, onError: (error: unknown) => void): (value: unknown) => DisplayHandle {
  const send = (value: unknown, id: string, isUpdate: boolean): void => {
    const bundle = toBundle(value)
    if (bundle instanceof Promise) bundle.then(ready => show(ready, id, isUpdate), onError)
    else show(bundle, id, isUpdate)
  }
  return value => {
    const id = randomUUID()
    send(value, id, false)
    return { update: next => send(next, id, true) }
  }
}
