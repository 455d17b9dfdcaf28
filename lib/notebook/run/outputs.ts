import type { Message } from '../wire/index.ts'
import type { DataOutput, Output } from '../document/notebook.ts'

/** What a stored cell may hold of stream text, in characters: a notebook that prints more can hardly be read. */
const LIMIT = 500_000

/** Gathers the outputs of one cell as a notebook stores them: text of one stream joined, updates in place. */
export class OutputCollector {
  readonly #outputs: (Output & { id?: string })[] = []
  #printed = 0
  #clearNext = false

  /** @returns true where the message was an output */
  take({ header, content }: Message): boolean {
    switch (header.msg_type) {
      case 'stream':
        this.#stream(content['name'] === 'stderr' ? 'stderr' : 'stdout', String(content['text']))
        return true
      case 'display_data':
        this.#add({ ...data(content, 'display_data'), ...identified(content) })
        return true
      case 'execute_result':
        this.#add({ ...data(content, 'execute_result'), execution_count: Number(content['execution_count']) })
        return true
      case 'error':
        this.#add({
          output_type: 'error',
          ename: String(content['ename']),
          evalue: String(content['evalue']),
          traceback: (content['traceback'] as unknown[]).map(String),
        })
        return true
      case 'clear_output':
        if (content['wait'] === true) this.#clearNext = true
        else this.#clear()
        return true
      default:
        return false
    }
  }

  /** Replaces what was shown under an id, wherever it was shown. */
  update({ content }: Message): void {
    const { id } = identified(content)
    this.#outputs.forEach((output, i) => {
      if (id !== undefined && output.id === id) this.#outputs[i] = { ...data(content, (output as DataOutput).output_type), id }
    })
  }

  outputs(): Output[] {
    return this.#outputs.map(output => {
      const { id, ...stored } = output
      return (id === undefined ? output : stored) as Output
    })
  }

  #stream(name: 'stdout' | 'stderr', text: string): void {
    this.#clearIfAsked()
    const left = LIMIT - this.#printed
    if (left < 0) return
    this.#printed += text.length
    let kept = text
    if (text.length > left) {
      kept = `${text.slice(0, left)}\n[the rest of this cell's text is not stored: it is longer than ${LIMIT} characters]\n`
      this.#printed = LIMIT + 1
    }
    const last = this.#outputs.at(-1)
    if (last?.output_type === 'stream' && last.name === name)
      this.#outputs[this.#outputs.length - 1] = { ...last, text: last.text + kept }
    else this.#outputs.push({ output_type: 'stream', name, text: kept })
  }

  #add(output: Output & { id?: string }): void {
    this.#clearIfAsked()
    this.#outputs.push(output)
  }

  #clearIfAsked(): void {
    if (this.#clearNext) this.#clear()
  }

  #clear(): void {
    this.#clearNext = false
    this.#outputs.length = 0
  }
}

function data(content: Readonly<Record<string, unknown>>, type: 'display_data' | 'execute_result'): DataOutput {
  return {
    output_type: type,
    data: content['data'] as Record<string, unknown>,
    metadata: (content['metadata'] ?? {}) as Record<string, unknown>,
  }
}

function identified(content: Readonly<Record<string, unknown>>): { id?: string } {
  const id = (content['transient'] as { display_id?: unknown } | undefined)?.display_id
  return typeof id === 'string' ? { id } : {}
}
