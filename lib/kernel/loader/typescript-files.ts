import { Edits } from '../compiler/edits.ts'
import { CELL, PARSE_CONFIG } from '../compiler/project-config.ts'
import { stripTypes } from '../compiler/strip-types.ts'
import { SyntaxKind, VirtualProject } from '../compiler/typescript-api.ts'
import type { Diagnostic, Node, SourceFile } from '../compiler/typescript-api.ts'

/** Parses texts on their own, without resolving what they import. */
export class TypeScriptFiles {
  readonly #project: VirtualProject
  readonly #file: string

  constructor(folder: string) {
    this.#file = `${folder}/${CELL}`
    this.#project = new VirtualProject({ folder, configName: 'clvlab-parse.tsconfig.json', config: PARSE_CONFIG })
  }

  /** TypeScript to JavaScript of the same lines and columns; with `rewriteImports`, `./x.ts` becomes `./x.js`. */
  strip(text: string, options: { readonly rewriteImports?: boolean } = {}): string {
    this.#project.write(this.#file, text)
    const source = this.#project.source(this.#file)
    const edits = new Edits(text)
    stripTypes(source, edits)
    if (options.rewriteImports === true) rewriteImports(source, edits)
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

interface Importing {
  readonly moduleSpecifier?: Node
  readonly expression?: Node
  readonly arguments?: readonly Node[]
}

function rewriteImports(source: SourceFile, edits: Edits): void {
  const visit = (node: Node & Importing): void => {
    const isDynamic = node.kind === SyntaxKind.CallExpression && node.expression?.kind === SyntaxKind.ImportKeyword
    const specifier =
      node.kind === SyntaxKind.ImportDeclaration || node.kind === SyntaxKind.ExportDeclaration
        ? node.moduleSpecifier
        : isDynamic
          ? node.arguments?.[0]
          : undefined
    const match = specifier === undefined ? null : /^(['"]\.{1,2}\/.*)\.ts(['"])$/.exec(specifier.getText())
    if (specifier !== undefined && match !== null) edits.replace(specifier.end - 4, specifier.end, `.js${match[2]}`)
    node.forEachChild(child => visit(child))
  }
  source.forEachChild(child => visit(child))
}
