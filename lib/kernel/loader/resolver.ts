import fs from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { registerTypeScript } from './register.ts'

const TYPESCRIPT = /\.[cm]?ts$/

/** Leads the specifiers of cells to what Node can load: one module, one instance, however it is named. */
export class Resolver {
  readonly #folder: string
  readonly #root: string
  readonly #onTslab: (require: NodeJS.Require) => void

  /** @param onTslab called before tslab's own package is loaded, to give its display API a way out */
  constructor(folder: string, root: string, onTslab: (require: NodeJS.Require) => void) {
    this.#folder = folder
    this.#root = root
    this.#onTslab = onTslab
  }

  resolve(specifier: unknown): unknown {
    const text = specifier instanceof URL ? specifier.href : specifier
    if (typeof text !== 'string') return specifier
    if (text.startsWith('.') || text.startsWith('/') || text.startsWith('file:')) return this.#file(text)
    if (isBuiltin(text) || /^[a-z]+:/i.test(text)) return text
    if (text === 'tslab') this.#onTslab(createRequire(path.join(this.#root, 'package.json')))
    return this.#package(text)
  }

  #file(text: string): string {
    const file = fileURLToPath(new URL(text, pathToFileURL(`${this.#folder}/`)))
    if (!TYPESCRIPT.test(file)) return pathToFileURL(file).href
    const built = builtFile(file, this.#root)
    if (built !== undefined) return pathToFileURL(built).href
    registerTypeScript(this.#root)
    return pathToFileURL(file).href
  }

  /** Packages come from the notebook's own folders first, then from this package's. */
  #package(text: string): string {
    const name = text
      .split('/')
      .slice(0, text.startsWith('@') ? 2 : 1)
      .join('/')
    const inside = !path.relative(this.#root, this.#folder).startsWith('..')
    if (inside) return text
    for (let at = this.#folder; ; at = path.dirname(at)) {
      if (fs.existsSync(path.join(at, 'node_modules', name))) return text
      if (path.dirname(at) === at) break
    }
    return name === 'clvlab' ? pathToFileURL(path.join(this.#root, 'dist/index.js')).href : import.meta.resolve(text)
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
