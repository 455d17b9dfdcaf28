import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mappedFile, sourceFile } from './path-mapping.ts'
import type { Paths } from './path-mapping.ts'

interface Known {
  /** Size and time; where they have not changed, the text is not read again. */
  readonly stamp: string
  readonly digest: string
  /** Files that it imports. */
  readonly imports: readonly string[]
}

const SPECIFIERS = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g
const CODE = /\.(?:[cm]?[jt]sx?|json)$/
const MISSING: Known = { stamp: 'missing', digest: 'missing', imports: [] }

/** The source files that a notebook's imports lead to, packages aside: what changes in them while the kernel runs. */
export class Sources {
  readonly #root: string
  readonly #paths: () => Paths
  readonly #known = new Map<string, Known>()
  readonly #unchecked = new Set<string>()

  /**
   * @param root this package's own folder: its name stands for a file of `lib/`
   * @param paths those of the notebook's project
   */
  constructor(root: string, paths: () => Paths) {
    this.#root = root
    this.#paths = paths
  }

  /** The file that a specifier in a text of this folder names; undefined for a package or a built-in module. */
  fileOf(specifier: string, folder: string): string | undefined {
    if (specifier === 'clvlab') return path.join(this.#root, 'lib/index.ts')
    const file = /^(?:\.|\/|file:)/.test(specifier)
      ? sourceFile(fileURLToPath(new URL(specifier, pathToFileURL(`${folder}/`))))
      : mappedFile(specifier, this.#paths())
    return file !== undefined && CODE.test(file) && !file.includes(`${path.sep}node_modules${path.sep}`) ? file : undefined
  }

  /** From now on the files that a text imports are watched, and all that they lead to. */
  watch(text: string, folder: string): void {
    for (const file of this.#importsOf(text, folder)) this.#add(file)
  }

  /** Files whose text is another than when this was last asked. */
  changed(): string[] {
    const changed: string[] = []
    for (const [file, known] of this.#known) {
      const stamp = stampOf(file)
      if (stamp === known.stamp) continue
      const now = this.#read(file)
      this.#known.set(file, now)
      for (const next of now.imports) this.#add(next)
      if (now.digest !== known.digest) changed.push(file)
    }
    for (const file of this.dependents(changed)) if (this.#isForeign(file)) this.#unchecked.add(file)
    return changed
  }

  /** Files that no cell before has led to, and those whose importers or imports have changed: not looked at by the checker yet. */
  unchecked(): string[] {
    return [...this.#unchecked]
  }

  checked(files: readonly string[]): void {
    for (const file of files) this.#unchecked.delete(file)
  }

  /** These files and all that import them, directly or not. */
  dependents(files: readonly string[]): ReadonlySet<string> {
    const found = new Set(files)
    // A set that grows while it is walked: what is added is walked too.
    for (const file of found) {
      for (const [importer, { imports }] of this.#known) if (imports.includes(file)) found.add(importer)
    }
    return found
  }

  #add(file: string): void {
    if (this.#known.has(file)) return
    const known = this.#read(file)
    this.#known.set(file, known)
    if (this.#isForeign(file)) this.#unchecked.add(file)
    for (const next of known.imports) this.#add(next)
  }

  /** The package's own sources are checked where they are built. */
  #isForeign(file: string): boolean {
    return path.relative(path.join(this.#root, 'lib'), file).startsWith('..')
  }

  #read(file: string): Known {
    try {
      const stamp = stampOf(file)
      const text = fs.readFileSync(file, 'utf8')
      return {
        stamp,
        digest: createHash('sha256').update(text).digest('hex'),
        imports: this.#importsOf(text, path.dirname(file)),
      }
    } catch {
      return MISSING
    }
  }

  #importsOf(text: string, folder: string): string[] {
    const files = [...text.matchAll(SPECIFIERS)].map(([, , specifier = '']) => this.fileOf(specifier, folder))
    return [...new Set(files)].filter(file => file !== undefined)
  }
}

function stampOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 'missing' : `${stat.size} ${stat.mtimeMs}`
}
