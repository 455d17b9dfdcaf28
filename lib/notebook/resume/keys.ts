import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CodeCell } from '../document/notebook.ts'
import { FileDigests } from './file-digests.ts'
import { codeOf, tokens } from './tokens.ts'

export interface KeyParts {
  /** The kernel's working folder. */
  readonly folder: string
  /** What else the results hang on: the kernel's command and environment. */
  readonly setting: unknown
}

/** This package's own folder. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const CODE = /\.[cm]?[jt]sx?$/
const SPECIFIERS = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g

/**
 * A key for each cell, in order: a digest of its code and of all above it (parameters are code), of the files and folders that they name in
 * quotes, of the source files that their imports lead to, and of this package, its compiler and Node. Undefined from the first cell on
 * whose files cannot be told.
 */
export async function cellKeys(
  cells: readonly CodeCell[],
  { folder, setting }: KeyParts,
): Promise<readonly (string | undefined)[]> {
  const digests = new FileDigests()
  const keys: (string | undefined)[] = []
  let above: string | undefined = sha256(
    JSON.stringify([process.version, process.arch, process.platform, setting, project(folder)]),
  )
  for (const { source } of cells) {
    const files: string[] | undefined = above === undefined ? undefined : await filesOf(source, folder, digests)
    above = files === undefined ? undefined : sha256(JSON.stringify([above, meaning(source), files]))
    keys.push(above)
  }
  return keys
}

/** A text without its comments and blanks, but for lines and comments that the compiler reads. */
function meaning(source: string): string {
  const told = source.match(/@ts-(?:ignore|expect-error|nocheck)/g) ?? []
  return JSON.stringify([codeOf(source), told])
}

/** Versions of packages and options of the compiler, as far as the folders above say them. */
function project(folder: string): string[] {
  const found: string[] = []
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of ['tsconfig.json', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json']) {
      const file = path.join(at, name)
      if (fs.existsSync(file)) found.push(fs.readFileSync(file, 'utf8'))
    }
    if (path.dirname(at) === at) return [...found, fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')]
  }
}

/** Digests of everything on disk that a cell names; undefined where one cannot be taken. */
async function filesOf(source: string, folder: string, digests: FileDigests): Promise<string[] | undefined> {
  const found: string[] = []
  for (const { kind, text } of tokens(source)) {
    const digest = kind === 'text' ? await dataOf(text, folder, digests) : ''
    if (digest === undefined) return undefined
    found.push(digest)
  }
  const seen = new Set<string>()
  for (const specifier of specifiersIn(source)) {
    const digest = await importOf(specifier, folder, digests, seen)
    if (digest === undefined) return undefined
    found.push(digest)
  }
  return found.filter(digest => digest !== '')
}

/** The contents of what a text names, if it names a file or a folder; a folder around the notebook itself is no data. */
async function dataOf(text: string, folder: string, digests: FileDigests): Promise<string | undefined> {
  if (text === '' || text.length > 1000 || text.includes('\n') || text.includes('\0')) return ''
  const target = path.resolve(folder, text)
  if (CODE.test(target) || !path.relative(target, folder).startsWith('..') || !fs.existsSync(target)) return ''
  return digests.of(target)
}

/** What an import leads to, and all that it imports in turn. Packages stand for their versions, which `project` has. */
async function importOf(specifier: string, folder: string, digests: FileDigests, seen: Set<string>): Promise<string | undefined> {
  if (isBuiltin(specifier)) return ''
  if (specifier === 'clvlab') return digests.of(path.join(ROOT, 'lib'), name => CODE.test(name))
  if (/^(?:\.|\/|file:)/.test(specifier))
    return treeOf(fileURLToPath(new URL(specifier, pathToFileURL(`${folder}/`))), digests, seen)
  if (isPackage(specifier, folder)) return ''
  // A name that tsconfig.json leads to some file of the project: any of them may be it.
  const at = above(folder).find(each => fs.existsSync(path.join(each, 'tsconfig.json')))
  return at === undefined ? '' : digests.of(at, name => CODE.test(name))
}

async function treeOf(named: string, digests: FileDigests, seen: Set<string>): Promise<string | undefined> {
  // `x.js` may be the name of `x.ts`: whatever there is of them.
  const files = [named, named.replace(/\.([cm]?)js$/, '.$1ts'), `${named}.ts`].filter(
    file => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true && !seen.has(file),
  )
  const found: string[] = []
  for (const file of files) {
    seen.add(file)
    const own = await digests.of(file)
    if (own === undefined) return undefined
    found.push(own)
    const inside = file.startsWith(path.join(ROOT, 'lib') + path.sep)
    const specifiers = inside ? ['clvlab'] : CODE.test(file) ? specifiersIn(fs.readFileSync(file, 'utf8')) : []
    for (const specifier of specifiers) {
      const digest = await importOf(specifier, path.dirname(file), digests, seen)
      if (digest === undefined) return undefined
      found.push(digest)
    }
  }
  return found.join(' ')
}

const specifiersIn = (source: string): string[] => [...source.matchAll(SPECIFIERS)].map(match => match[2] as string)

function isPackage(specifier: string, folder: string): boolean {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return [...above(folder), ROOT].some(at => fs.existsSync(path.join(at, 'node_modules', name)))
}

function above(folder: string): string[] {
  const parent = path.dirname(folder)
  return parent === folder ? [folder] : [folder, ...above(parent)]
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
