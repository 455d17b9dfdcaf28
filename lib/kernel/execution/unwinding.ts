import { UNWIND } from '../wire/unwind.ts'

/** Node's record of asynchronous contexts before Node 24. `binding` is the one way to it. */
interface Contexts {
  readonly async_hook_fields: Uint32Array
  readonly constants: { readonly kTotals: number; readonly kCheck: number }
  clearAsyncIdStack(): void
}

let contexts: Contexts | undefined
/** How many hooks were active when a loop was stopped, and how strictly the record was checked. */
let before: { readonly totals: number; readonly check: number } | undefined

/**
 * Makes it safe to stop a loop. The engine then unwinds all that is on the stack without telling Node, whose record of asynchronous
 * contexts stays uneven; where a hook is active, as under `AsyncLocalStorage`, Node looks at that and aborts. So it is told that
 * none is until the record is even again.
 */
export function installUnwinding(): void {
  contexts = findContexts()
  const unwind = (): void => {
    if (contexts === undefined) return
    const { async_hook_fields: fields, constants } = contexts
    before ??= { totals: fields[constants.kTotals] ?? 0, check: fields[constants.kCheck] ?? 0 }
    fields[constants.kTotals] = 0
    fields[constants.kCheck] = 0
  }
  Object.assign(globalThis, { [Symbol.for(UNWIND)]: unwind })
}

/** Puts right what a stopped loop has left; nothing where none was. To be called where no code but the kernel's is on the stack. */
export function settleUnwinding(): void {
  if (contexts === undefined || before === undefined) return
  contexts.clearAsyncIdStack()
  const { async_hook_fields: fields, constants } = contexts
  fields[constants.kTotals] = before.totals
  fields[constants.kCheck] = before.check
  before = undefined
}

function findContexts(): Contexts | undefined {
  try {
    return (process as unknown as { binding(name: string): Contexts }).binding('async_wrap')
  } catch {
    return undefined // contexts are the engine's own
  }
}
