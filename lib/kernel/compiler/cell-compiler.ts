import fs from 'node:fs'
import path from 'node:path'
import { Bindings, exportLine } from './bindings.ts'
import { cellStatements, declarationsOf } from './declarations.ts'
import type { Declaration } from './declarations.ts'
import type { Paths } from '../loader/path-mapping.ts'
import { toProblem } from './problem.ts'
import type { Problem } from './problem.ts'
import { CELL, GLOBALS, PARSE_CONFIG, cellProjectConfig, ownPaths } from './project-config.ts'
import { transform } from './transform.ts'
import { DiagnosticCategory, VirtualProject } from './typescript-api.ts'
import type { Node } from './typescript-api.ts'

/** A cell that may run. */
export interface CompiledCell {
  /** Runs before the first line, on that line. */
  readonly head: string
  /** JavaScript, line for line the cell. */
  readonly body: string
  /** Value names that the cell gives to the session. */
  readonly names: readonly string[]
  /** Leads a place in `body` back to the cell. */
  readonly original: (place: number) => number
  /** Tells what has come of it: names that were given a value are known to later cells, types always. */
  readonly commit: (isSet: (name: string) => boolean) => void
}

export type CompileResult =
  | { readonly ok: true; readonly cell: CompiledCell }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** An error in a file beside the notebook. */
export interface FileProblem {
  readonly file: string
  readonly text: string
  readonly problem: Problem
}

const DECLARES =
  /^\s*(?:export\s+)?(?:(?:abstract|async|declare)\s+)*(?:const|let|var|function\s*\*?|class|interface|type|enum)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu

/** Checks and compiles cell after cell of one session, each knowing the names and types of those before it. */
export class CellCompiler {
  readonly #project: VirtualProject
  readonly #folder: string
  readonly #bindings = new Bindings()
  readonly #ownPaths: Readonly<Record<string, readonly string[]>>
  #count = 0

  /**
   * @param folder where the notebook stands
   * @param root the package's own folder
   * @param globals declarations of what the kernel puts into every cell
   */
  constructor(folder: string, root: string, globals: string) {
    this.#folder = folder
    this.#project = new VirtualProject({
      folder,
      configName: 'clvlab-kernel.tsconfig.json',
      config: cellProjectConfig(folder, root, pathsOf),
    })
    this.#ownPaths = ownPaths(folder, root)
    this.#project.write(`${folder}/${GLOBALS}`, globals)
    this.#project.write(this.file, 'export {}')
  }

  get file(): string {
    return `${this.#folder}/${CELL}`
  }

  get project(): VirtualProject {
    return this.#project
  }

  /** What the project's `paths` say; the kernel's own way to this package's types is no part of them. */
  get paths(): Paths {
    const { base, targets } = this.#project.paths()
    const own = this.#ownPaths
    return { base, targets: Object.fromEntries(Object.entries(targets).filter(([name, files]) => own[name]?.[0] !== files[0])) }
  }

  /** Starts the compiler and reads the library, so that the first cell need not wait for it. */
  warmUp(): void {
    this.#project.problems(this.file)
  }

  compile(text: string): CompileResult {
    const { prelude, statements, declared } = this.#parse(text)
    const start = prelude.length + 1
    const problems = this.#project.problems(this.file).filter(({ category }) => category === DiagnosticCategory.Error)
    if (problems.length > 0) return { ok: false, problems: problems.map(problem => toProblem(problem, text, start)) }
    const source = this.#project.source(this.file)
    const carried = [...source.statements]
      .filter(node => node.end <= prelude.length)
      .flatMap(node => declarationsOf([node]))
      .map(({ node }) => node)
    const { checker } = this.#project.program()
    const { head, body, edits } = transform({ source, checker, statements, start, end: start + text.length, declared, carried })
    const names = [...new Set(declared.filter(({ kind }) => kind !== 'type').map(({ name }) => name))]
    const commit = (isSet: (name: string) => boolean): void =>
      this.#commit(
        prelude,
        text,
        declared.filter(({ kind, name }) => kind === 'type' || isSet(name)),
      )
    return { ok: true, cell: { head, body, names, original: place => edits.original(place, start) - start, commit } }
  }

  /** Errors in files that have changed, each under its file's name and with its text. */
  recheck(files: readonly string[]): FileProblem[] {
    this.#project.touch(files)
    return this.problemsIn(files)
  }

  /** Errors in files that the program has read, each under its file's name and with its text. */
  problemsIn(files: readonly string[]): FileProblem[] {
    return files
      .filter(file => /\.[cm]?ts$/.test(file) && fs.existsSync(file))
      .flatMap(file => {
        const text = fs.readFileSync(file, 'utf8')
        const problems = this.#project.knows(file) ? this.#project.problems(file) : []
        return problems
          .filter(({ category }) => category === DiagnosticCategory.Error)
          .map(problem => ({ file, text, problem: toProblem(problem, text, 0) }))
      })
  }

  /** Puts a text in front of the checker with every earlier name in reach; gives where the text begins. */
  stage(text: string): number {
    const prelude = this.#bindings.prelude(undefined, guessDeclared(text))
    this.#project.write(this.file, `${prelude}\n${text}\nexport {}`)
    return prelude.length + 1
  }

  /** Names of earlier cells. */
  names(): string[] {
    return this.#bindings.names()
  }

  close(): void {
    this.#project.close()
  }

  /** Composes the file to check. Which names the cell declares is guessed first, and corrected once it is parsed. */
  #parse(text: string): { prelude: string; statements: Node[]; declared: Declaration[] } {
    const guessed = this.#compose(text, guessDeclared(text))
    const names = new Set(guessed.declared.map(({ name }) => name))
    const right = this.#bindings.names().every(name => names.has(name) === guessed.except.has(name))
    return right ? guessed : this.#compose(text, names)
  }

  #compose(
    text: string,
    except: ReadonlySet<string>,
  ): { prelude: string; statements: Node[]; declared: Declaration[]; except: ReadonlySet<string> } {
    const prelude = `${NOT_CHECKED.test(text) ? '// @ts-nocheck\n' : ''}${this.#bindings.prelude(text, except)}`
    this.#project.write(this.file, `${prelude}\n${text}\nexport {}`)
    const start = prelude.length + 1
    const statements = cellStatements(this.#project.source(this.file), start, start + text.length)
    return { prelude, statements, declared: declarationsOf(statements), except }
  }

  #commit(prelude: string, text: string, declarations: readonly Declaration[]): void {
    if (declarations.length === 0) return
    this.#count += 1
    const module = `clvlab-cell-${this.#count}.mts`
    this.#project.write(`${this.#folder}/${module}`, `${prelude}\n${text}\n${exportLine(declarations)}`)
    this.#bindings.add(declarations, module)
  }
}

/** What a configuration file's `paths` come to, with what it extends. */
function pathsOf(file: string): Paths {
  const project = new VirtualProject({
    folder: path.dirname(file),
    configName: 'clvlab-paths.tsconfig.json',
    config: { ...PARSE_CONFIG, extends: file },
  })
  project.write(`${path.dirname(file)}/${CELL}`, '')
  const paths = project.paths()
  project.close()
  return paths
}

/** The compiler hears of it only at a file's very beginning, before the names of earlier cells are brought in. */
const NOT_CHECKED = /^\s*\/\/\/?\s*@ts-nocheck\b/

function guessDeclared(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(DECLARES)].map(match => match[1] as string))
}
