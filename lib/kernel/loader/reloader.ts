import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { KernelError } from '../../errors/index.ts'
import type { Paths } from './path-mapping.ts'
import { registerTypeScript, setVersions } from './register.ts'
import { builtFile, builtName } from './resolver.ts'
import type { Sources } from './sources.ts'
import { TypeScriptFiles } from './typescript-files.ts'

type Namespace = Readonly<Record<string, unknown>>

/** Stands for a module that could not be loaded: every name of it throws why. */
function thrower(error: unknown): Namespace {
  return new Proxy({}, { get: () => raise(error) })
}

function raise(error: unknown): never {
  throw error
}

function gone(file: string): KernelError {
  return new KernelError({
    code: 'file-gone',
    what: `${file}, from which this name was imported, is no longer there`,
    remedy: 'import it from where it is now',
  })
}

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
   * Loads what has changed. Gives a line that says so; undefined where nothing has. What a module throws as it is loaded, those cells throw
   * that use a name imported from it, until it has changed again.
   *
   * @throws KernelError where a file's syntax cannot be erased
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
    this.#pending.clear()
    const failed = new Map<string, unknown>()
    for (const { file, set } of this.#imports.values()) {
      if (!affected.has(file)) continue
      try {
        set(fs.existsSync(file) ? await this.#load(file) : thrower(gone(path.relative(folder, file))))
      } catch (error) {
        set(thrower(error))
        failed.set(file, error)
      }
    }
    const others = affected.size - changed.length
    const names = changed.map(file => path.relative(folder, file)).sort()
    return `reloaded ${names.join(', ')}${others === 0 ? '' : ` and ${others} ${others === 1 ? 'module that imports' : 'modules that import'} ${changed.length === 1 ? 'it' : 'them'}`}\n${[...failed].map(([file, error]) => `could not load ${path.relative(folder, file)}: ${String(error).split('\n')[0]}\n`).join('')}`
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
