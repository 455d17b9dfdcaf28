/** What the kernel puts into every cell, for the type checker. */
export const GLOBAL_TYPES = `
interface ClvlabBundle { readonly data: Readonly<Record<string, unknown>>; readonly metadata?: Readonly<Record<string, unknown>> }
interface ClvlabHandle { /** Shows something else in the same place. */ update(value: unknown): void }
declare global {
  /** Shows a value in the notebook: its own rich form, a table, or text. Gives a handle to show something else there. */
  function display(value: unknown): ClvlabHandle
  /** Shows a MIME bundle as it is. */
  function displayBundle(bundle: ClvlabBundle): ClvlabHandle
  /** Takes away what the cell has shown; with \`wait\`, when the next output comes. */
  function clearOutput(wait?: boolean): void
  /** Asks whoever runs the notebook for a line of text; rejects where nobody can answer. */
  function input(prompt?: string): Promise<string>
}
export {}
`
