import fs from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mappedFile, sourceFile } from './path-mapping.ts'
import type { Paths } from './path-mapping.ts'
import { registerTypeScript } from './register.ts'

const DUCKDB = '@duckdb/node-api'
const TYPESCRIPT = /\.[cm]?ts$/

export interface ResolverParts {
  /** Where the notebook stands. */
  readonly folder: string
  readonly root: string
  /** `paths` of the notebook's project, asked for when a specifier may need them. */
  readonly paths: () => Paths
  /** Called before tslab's own package is loaded, to give its display API a way out. */
  readonly onTslab: (require: NodeJS.Require) => void
  /** Called when a cell imports DuckDB's package, with what loads it. */
  readonly onDuckDb: (load: () => unknown) => void
}

/** Leads the specifiers of cells to what Node can load: one module, one instance, however it is named. */
export class Resolver {
  readonly #parts: ResolverParts

  constructor(parts: ResolverParts) {
    this.#parts = parts
  }

  resolve(specifier: unknown): unknown {
    const text = specifier instanceof URL ? specifier.href : specifier
    if (typeof text !== 'string') return specifier
    if (text.startsWith('.') || text.startsWith('/') || text.startsWith('file:'))
      return this.#file(fileURLToPath(new URL(text, pathToFileURL(`${this.#parts.folder}/`))))
    if (isBuiltin(text) || /^[a-z]+:/i.test(text)) return text
    const mapped = mappedFile(text, this.#parts.paths())
    if (mapped !== undefined) return this.#file(mapped)
    if (text === 'tslab') this.#parts.onTslab(createRequire(path.join(this.#parts.root, 'package.json')))
    const found = this.#package(text)
    if (text === DUCKDB) this.#parts.onDuckDb(() => this.#duckDb(found))
    return found
  }

  #duckDb(found: string): unknown {
    const require = createRequire(path.join(this.#parts.folder, 'cell.js'))
    return require(found.startsWith('file:') ? fileURLToPath(found) : found)
  }

  #file(named: string): string {
    const file = sourceFile(named)
    if (!TYPESCRIPT.test(file)) return pathToFileURL(file).href
    const built = builtFile(file, this.#parts.root)
    if (built !== undefined) return pathToFileURL(built).href
    registerTypeScript(this.#parts.root, this.#parts.paths())
    return pathToFileURL(file).href
  }

  /** Packages come from the notebook's own folders first, then from this package's. */
  #package(text: string): string {
    const { folder, root } = this.#parts
    const name = text
      .split('/')
      .slice(0, text.startsWith('@') ? 2 : 1)
      .join('/')
    const inside = !path.relative(root, folder).startsWith('..')
    if (inside) return text
    for (let at = folder; ; at = path.dirname(at)) {
      if (fs.existsSync(path.join(at, 'node_modules', name))) return text
      if (path.dirname(at) === at) break
    }
    return name === 'clvlab' ? pathToFileURL(path.join(root, 'dist/index.js')).href : import.meta.resolve(text)
  }
}

/** The compiled form of one of this package's own sources, where there is one. */
export function builtFile(file: string, root: string): string | undefined {
  const built = builtName(file, root)
  return built !== undefined && fs.existsSync(built) ? built : undefined
}

/** Where the compiled form of one of this package's own sources stands; undefined for any other file. */
export function builtName(file: string, root: string): string | undefined {
  const relative = path.relative(path.join(root, 'lib'), file)
  if (relative.startsWith('..') || path.isAbsolute(relative)) return undefined
  return path.join(root, 'dist', relative.replace(TYPESCRIPT, '.js'))
}
