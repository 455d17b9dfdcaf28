/**
 * The one door to TypeScript 7's unstable API. Nothing else in the project imports `typescript/unstable/*`, so a new
 * release of the compiler is met here and nowhere else.
 */
import { SyntaxKind, getTokenAtPosition, skipTrivia } from 'typescript/unstable/ast'
import type { Identifier, Node, NodeArray, SourceFile } from 'typescript/unstable/ast'
import { API, DiagnosticCategory, SymbolFlags } from 'typescript/unstable/sync'
import type {
  Checker,
  CompilerOptions,
  CompletionEntry,
  Diagnostic,
  Project,
  Snapshot,
  Symbol as TsSymbol,
} from 'typescript/unstable/sync'

export { DiagnosticCategory, SymbolFlags, SyntaxKind, getTokenAtPosition, skipTrivia }
export type { Checker, CompletionEntry, Diagnostic, Identifier, Node, NodeArray, SourceFile, TsSymbol }

export interface ProjectParts {
  /** Folder in which the virtual files seem to stand; relative imports start here. */
  readonly folder: string
  /** Text of the project's configuration file, JSON. */
  readonly config: Readonly<Record<string, unknown>>
  /** A configuration file beside the virtual ones; its name must not exist on disk. */
  readonly configName: string
}

/** A program over files that exist only in memory, beside those on disk. Every call answers before it returns. */
export class VirtualProject {
  readonly #api: API
  readonly #files = new Map<string, string>()
  readonly #config: string
  readonly #changed = new Set<string>()
  readonly #created = new Set<string>()
  #snapshot: Snapshot | undefined

  constructor(parts: ProjectParts) {
    this.#config = `${parts.folder}/${parts.configName}`
    this.#files.set(this.#config, JSON.stringify(parts.config))
    this.#api = new API({
      cwd: parts.folder,
      fs: { readFile: name => this.#files.get(name), fileExists: name => (this.#files.has(name) ? true : undefined) },
    })
  }

  /** Sets a virtual file's text; the next `program()` sees it. */
  write(name: string, text: string): void {
    if (this.#files.get(name) === text) return
    ;(this.#files.has(name) ? this.#changed : this.#created).add(name)
    this.#files.set(name, text)
  }

  /** Tells that files on disk are no longer what the program read. */
  touch(names: readonly string[]): void {
    for (const name of names) this.#changed.add(name)
  }

  program(): Project {
    const before = this.#snapshot
    if (before !== undefined && this.#changed.size === 0 && this.#created.size === 0) return project(before, this.#config)
    const fileChanges = { changed: [...this.#changed], created: [...this.#created] }
    this.#changed.clear()
    this.#created.clear()
    this.#snapshot = this.#api.updateSnapshot({ openProjects: before === undefined ? [this.#config] : [], fileChanges })
    before?.dispose()
    return project(this.#snapshot, this.#config)
  }

  /** `paths` of the configuration and of what it extends, and the folder that they are seen from. */
  paths(): { readonly base: string; readonly targets: Readonly<Record<string, readonly string[]>> } {
    const { paths = {}, pathsBasePath } = this.program().compilerOptions as CompilerOptions & { readonly pathsBasePath?: unknown }
    return { base: typeof pathsBasePath === 'string' ? pathsBasePath : '/', targets: paths }
  }

  /** Syntax, binding and type errors of one file, in the order of their places. */
  problems(name: string): Diagnostic[] {
    const { program } = this.program()
    const syntax = program.getSyntacticDiagnostics(name)
    const found = syntax.length > 0 ? syntax : [...program.getBindDiagnostics(name), ...program.getSemanticDiagnostics(name)]
    const seen = new Set<string>()
    const isNew = ({ pos, code, text }: Diagnostic): boolean =>
      !seen.has(`${pos} ${code} ${text}`) && !!seen.add(`${pos} ${code} ${text}`)
    return found.filter(isNew).sort((a, b) => a.pos - b.pos)
  }

  syntaxProblems(name: string): readonly Diagnostic[] {
    return this.program().program.getSyntacticDiagnostics(name)
  }

  /** Is this file part of the program? */
  knows(name: string): boolean {
    return this.program().program.getSourceFile(name) !== undefined
  }

  source(name: string): SourceFile {
    const file = this.program().program.getSourceFile(name)
    if (file === undefined) throw new Error(`no file ${name} in the program`)
    return file
  }

  close(): void {
    this.#api.close()
  }
}

function project(snapshot: Snapshot, config: string): Project {
  const found = snapshot.getProject(config)
  if (found === undefined) throw new Error(`no project ${config} in the snapshot`)
  return found
}
