import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Paths } from './path-mapping.ts'
import { registerTypeScript, setVersions } from './register.ts'
import { builtFile, builtName } from './resolver.ts'
import type { Sources } from './sources.ts'
import { TypeScriptFiles } from './typescript-files.ts'

type Namespace = Readonly<Record<string, unknown>>

export interface ReloaderParts {
  /** Where the notebook stands. */
  readonly folder: string
  readonly root: string
  readonly sources: Sources
  readonly paths: () => Paths
}

/**
 * Brings changed source files into the running session. A module cannot be unloaded, so a changed one, and each that imports
 * it, is loaded anew under another version of its address; names that cells have imported then follow the new module. All
 * others stay the one instance that they were.
 */
export class Reloader {
  readonly #parts: ReloaderParts
  readonly #pending = new Set<string>()
  /** By the file that runs, built or not. */
  readonly #versions = new Map<string, number>()
  /** What cells have imported: how a name is led to a new module, by specifier and names. */
  readonly #imports = new Map<string, { readonly file: string; readonly set: (module: Namespace) => void }>()
  #files: TypeScriptFiles | undefined
  #round = 0

  constructor(parts: ReloaderParts) {
    this.#parts = parts
  }

  /** Files to load anew before the next cell runs. */
  add(changed: readonly string[]): void {
    for (const file of changed) this.#pending.add(file)
  }

  get pending(): readonly string[] {
    return [...this.#pending]
  }

  /** A cell has imported these names. */
  keep(specifier: string, names: string, set: (module: Namespace) => void): void {
    const file = this.#parts.sources.fileOf(specifier, this.#parts.folder)
    if (file !== undefined) this.#imports.set(`${specifier} ${names}`, { file, set })
  }

  /**
   * Loads what has changed. Gives a line that says so; undefined where nothing has. What fails is tried again next time.
   *
   * @throws KernelError where a file's syntax cannot be erased; whatever a module throws as it is loaded
   */
  async reload(): Promise<string | undefined> {
    if (this.#pending.size === 0) return undefined
    const { sources, root, folder } = this.#parts
    const changed = [...this.#pending]
    const affected = sources.dependents(changed)
    for (const file of affected) if (this.#pending.has(file) || builtFile(file, root) === undefined) this.#build(file)
    this.#round += 1
    for (const file of affected) this.#versions.set(builtName(file, root) ?? file, this.#round)
    registerTypeScript(root, this.#parts.paths())
    await setVersions(this.#versions)
    for (const { file, set } of this.#imports.values()) if (affected.has(file)) set(await this.#load(file))
    this.#pending.clear()
    const others = affected.size - changed.length
    const names = changed.map(file => path.relative(folder, file)).sort()
    return `reloaded ${names.join(', ')}${others === 0 ? '' : ` and ${others} ${others === 1 ? 'module that imports' : 'modules that import'} ${changed.length === 1 ? 'it' : 'them'}`}\n`
  }

  async #load(file: string): Promise<Namespace> {
    return (await import(pathToFileURL(builtName(file, this.#parts.root) ?? file).href)) as Namespace
  }

  /** Sources of this package run in their built form: a changed one is compiled, and what was built as a whole is no longer that. */
  #build(file: string): void {
    const built = builtName(file, this.#parts.root)
    if (built === undefined || !fs.existsSync(file)) return
    this.#files ??= new TypeScriptFiles(this.#parts.folder)
    const code = this.#files.strip(fs.readFileSync(file, 'utf8'), { rewriteImports: true })
    fs.rmSync(path.join(this.#parts.root, 'dist/.stamp'), { force: true })
    fs.mkdirSync(path.dirname(built), { recursive: true })
    fs.writeFileSync(`${built}.partial`, code)
    fs.renameSync(`${built}.partial`, built)
  }
}
