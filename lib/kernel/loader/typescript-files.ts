import { Edits } from '../compiler/edits.ts'
import { CELL, PARSE_CONFIG } from '../compiler/project-config.ts'
import { stripTypes } from '../compiler/strip-types.ts'
import { VirtualProject } from '../compiler/typescript-api.ts'
import type { Diagnostic } from '../compiler/typescript-api.ts'

/** Parses texts on their own, without resolving what they import. */
export class TypeScriptFiles {
  readonly #project: VirtualProject
  readonly #file: string

  constructor(folder: string) {
    this.#file = `${folder}/${CELL}`
    this.#project = new VirtualProject({ folder, configName: 'clvlab-parse.tsconfig.json', config: PARSE_CONFIG })
  }

  /** TypeScript to JavaScript of the same lines and columns. */
  strip(text: string): string {
    this.#project.write(this.#file, text)
    const source = this.#project.source(this.#file)
    const edits = new Edits(text)
    stripTypes(source, edits)
    return edits.apply()
  }

  syntaxProblems(text: string): readonly Diagnostic[] {
    this.#project.write(this.#file, text)
    return this.#project.syntaxProblems(this.#file)
  }

  close(): void {
    this.#project.close()
  }
}
