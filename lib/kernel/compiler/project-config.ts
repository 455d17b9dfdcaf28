import fs from 'node:fs'
import path from 'node:path'

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
 * default. A folder outside the package finds the package and its own types through paths.
 */
export function cellProjectConfig(folder: string, root: string): Record<string, unknown> {
  const base = nearest(folder, 'tsconfig.json')
  const outside = path.relative(root, folder).startsWith('..')
  const elsewhere = outside
    ? {
        typeRoots: [
          ...ancestors(folder)
            .map(at => path.join(at, 'node_modules/@types'))
            .filter(at => fs.existsSync(at)),
          path.join(root, 'node_modules/@types'),
        ],
        paths: { clvlab: [path.join(root, 'lib/index.ts')], ...typePaths(folder, root) },
      }
    : {}
  return {
    ...(base === undefined ? {} : { extends: base }),
    compilerOptions: { ...(base === undefined ? DEFAULT_OPTIONS : {}), ...CELL_OPTIONS, ...elsewhere },
    files: [GLOBALS, CELL],
    include: [],
  }
}

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
