import type { Message } from '../../notebook/wire/index.ts'
import type { CellCompiler } from '../compiler/cell-compiler.ts'
import { TypeScriptFiles } from '../loader/typescript-files.ts'
import { complete } from './complete.ts'
import { History } from './history.ts'
import { inspectAt } from './inspect.ts'
import { isComplete } from './is-complete.ts'

type Answer = (type: string, content: Record<string, unknown>) => void

/** Requests that run no code. An unknown one is not answered, as the protocol has it. */
export class RequestHandlers {
  readonly history = new History()
  readonly #compiler: CellCompiler
  readonly #folder: string
  #files: TypeScriptFiles | undefined

  constructor(compiler: CellCompiler, folder: string) {
    this.#compiler = compiler
    this.#folder = folder
  }

  answer({ header, content }: Message, reply: Answer): void {
    const code = typeof content['code'] === 'string' ? content['code'] : ''
    const cursor = typeof content['cursor_pos'] === 'number' ? content['cursor_pos'] : code.length
    switch (header.msg_type) {
      case 'complete_request':
        return reply('complete_reply', complete(this.#compiler, code, cursor, this.#folder))
      case 'inspect_request':
        return reply('inspect_reply', inspectAt(this.#compiler, code, cursor))
      case 'is_complete_request': {
        this.#files ??= new TypeScriptFiles(this.#folder)
        return reply('is_complete_reply', isComplete(code, this.#files.syntaxProblems(code)))
      }
      case 'history_request':
        return reply('history_reply', this.history.answer(content))
      case 'comm_info_request':
        return reply('comm_info_reply', { status: 'ok', comms: {} })
      case 'connect_request':
        return reply('connect_reply', { status: 'ok' })
    }
  }
}
