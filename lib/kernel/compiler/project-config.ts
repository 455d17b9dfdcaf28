import fs from 'node:fs'
import path from 'node:path'
import type { Paths } from '../loader/path-mapping.ts'

export const CELL = 'clvlab-cell.mts'
export const GLOBALS = 'clvlab-globals.d.mts'

/** What a cell may do that a file of the project may not: declare names that only a later cell uses. */
const CELL_OPTIONS = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  isolatedDeclarations: false,
  allowUnusedLabels: true,
  allowUnreachableCode: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: false,
}

/** Where no project says otherwise: the strictness of this one. */
const DEFAULT_OPTIONS = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
}

/**
 * The configuration under which cells of a folder are checked: the nearest tsconfig.json above it, or the strict
 * default. A folder outside the package finds the package and its own types through paths, beside those of its project.
 *
 * @param pathsOf reads the `paths` of a configuration file
 */
export function cellProjectConfig(folder: string, root: string, pathsOf: (file: string) => Paths): Record<string, unknown> {
  const base = nearest(folder, 'tsconfig.json')
  const elsewhere = isOutside(folder, root)
    ? {
        typeRoots: [
          ...ancestors(folder)
            .map(at => path.join(at, 'node_modules/@types'))
            .filter(at => fs.existsSync(at)),
          path.join(root, 'node_modules/@types'),
        ],
        paths: { ...ownPaths(folder, root), ...(base === undefined || !mayHavePaths(base) ? {} : absolute(pathsOf(base))) },
      }
    : {}
  return {
    ...(base === undefined ? {} : { extends: base }),
    compilerOptions: { ...(base === undefined ? DEFAULT_OPTIONS : {}), ...CELL_OPTIONS, ...elsewhere },
    files: [GLOBALS, CELL],
    include: [],
  }
}

/** How a folder outside the package finds it, and the types of what it depends on. */
export function ownPaths(folder: string, root: string): Readonly<Record<string, readonly string[]>> {
  return isOutside(folder, root) ? { clvlab: [path.join(root, 'lib/index.ts')], ...typePaths(folder, root) } : {}
}

function absolute({ base, targets }: Paths): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(targets).map(([name, files]) => [name, files.map(file => path.resolve(base, file))] as const),
  )
}

/** Asking the compiler takes a while; most configurations say nothing of paths. */
const mayHavePaths = (file: string): boolean => /"(?:paths|extends)"/.test(fs.readFileSync(file, 'utf8'))

const isOutside = (folder: string, root: string): boolean => path.relative(root, folder).startsWith('..')

/** A configuration that only parses: nothing is resolved, no library is read. */
export const PARSE_CONFIG = {
  compilerOptions: { noResolve: true, noLib: true, types: [], module: 'nodenext', target: 'esnext' },
  files: [CELL],
  include: [],
}

function nearest(folder: string, name: string): string | undefined {
  return ancestors(folder)
    .map(at => path.join(at, name))
    .find(file => fs.existsSync(file))
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [folder, ...ancestors(parent)]
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly types?: string
  readonly exports?: unknown
}

/** Where the types of this package's dependencies are, for those that the folder has not its own of. */
function typePaths(folder: string, root: string): Record<string, string[]> {
  const names = Object.keys(manifest(root).dependencies ?? {}).filter(
    name => !ancestors(folder).some(at => fs.existsSync(path.join(at, 'node_modules', name))),
  )
  return Object.fromEntries(
    names.flatMap(name => {
      const at = path.join(root, 'node_modules', name)
      const types = fs.existsSync(at) ? (manifest(at).types ?? typesOf(manifest(at).exports)) : undefined
      return types === undefined ? [] : [[name, [path.join(at, types)]]]
    }),
  )
}

/** The `types` condition of a package's main entry, however deep it stands. */
function typesOf(exports: unknown): string | undefined {
  if (typeof exports !== 'object' || exports === null) return undefined
  const conditions = exports as Readonly<Record<string, unknown>>
  if (typeof conditions['types'] === 'string') return conditions['types']
  return typesOf(conditions['.']) ?? typesOf(conditions['import']) ?? typesOf(conditions['default'])
}

function manifest(folder: string): Manifest {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}
