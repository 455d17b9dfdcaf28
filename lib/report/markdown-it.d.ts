/** The part of markdown-it that the report uses; the package ships no types. */
declare module 'markdown-it' {
  interface Token {
    readonly type: string
    readonly tag: string
    readonly content: string
    readonly children: readonly Token[] | null
    attrSet(name: string, value: string): void
    attrGet(name: string): string | null
  }
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean; readonly typographer: boolean })
    readonly renderer: { readonly rules: Record<string, (tokens: readonly Token[], at: number) => string> }
    readonly core: { readonly ruler: { push(name: string, rule: (state: { readonly tokens: readonly Token[] }) => void): void } }
    render(source: string): string
  }
}
