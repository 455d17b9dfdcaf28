/** The part of markdown-it that the report uses; the package ships no types. */
declare module 'markdown-it' {
  export interface Token {
    type: string
    readonly tag: string
    content: string
    readonly children: Token[] | null
    attrSet(name: string, value: string): void
    attrGet(name: string): string | null
  }
  interface CoreState {
    readonly tokens: readonly Token[]
    readonly Token: new (type: string, tag: string, nesting: 0) => Token
  }
  export interface InlineState {
    readonly src: string
    readonly posMax: number
    pos: number
    push(type: string, tag: string, nesting: 0): Token
  }
  export interface BlockState {
    readonly src: string
    readonly blkIndent: number
    /** Of each line: where it begins, how much blank it begins with, where it ends, and how far it is indented. */
    readonly bMarks: readonly number[]
    readonly tShift: readonly number[]
    readonly eMarks: readonly number[]
    readonly sCount: readonly number[]
    line: number
    push(type: string, tag: string, nesting: 0): Token
  }
  type BlockRule = (state: BlockState, start: number, end: number, silent: boolean) => boolean
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean; readonly typographer: boolean })
    readonly renderer: { readonly rules: Record<string, (tokens: readonly Token[], at: number) => string> }
    readonly core: { readonly ruler: { push(name: string, rule: (state: CoreState) => void): void } }
    readonly inline: {
      readonly ruler: { after(other: string, name: string, rule: (state: InlineState, silent: boolean) => boolean): void }
    }
    readonly block: {
      readonly ruler: { before(other: string, name: string, rule: BlockRule, options: { readonly alt: readonly string[] }): void }
    }
    render(source: string): string
  }
}
