import type { ShowBundle } from './display.ts'

interface TslabData {
  readonly data: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly transient: { readonly display_id?: string }
}

/**
 * Lets tslab's own display API speak through this kernel: its package hands every output to one function that its
 * kernel would set. Called before the package is first loaded.
 */
export function tslabSink(show: ShowBundle): (require: NodeJS.Require) => void {
  return require => {
    const jupyter = require('tslab/dist/jupyter.js') as { lastWriteDisplayData: unknown }
    jupyter.lastWriteDisplayData = ({ data, metadata, transient }: TslabData, update?: boolean) =>
      show({ data, metadata }, transient.display_id, update === true)
  }
}
