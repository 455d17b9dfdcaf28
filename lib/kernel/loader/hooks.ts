/**
 * Module hooks, run by Node in a thread of their own: `.ts` files beside a notebook become JavaScript as they load, and a file
 * that has changed gets an address of its own, since a module is loaded but once under one.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { renderProblem, toProblem } from '../compiler/problem.ts'
import { mappedFile, sourceFile } from './path-mapping.ts'
import type { Paths } from './path-mapping.ts'
import { builtFile } from './resolver.ts'
import { TypeScriptFiles } from './typescript-files.ts'

interface Resolved {
  readonly url: string
  readonly format?: string | null
}
interface Loaded {
  readonly format: string
  readonly source: string
  readonly shortCircuit: true
}

interface Context {
  readonly parentURL?: string
}

let root = ''
let paths: Paths = { base: '', targets: {} }
let files: TypeScriptFiles | undefined
let versions: ReadonlyMap<string, number> = new Map()

export function initialize(data: { readonly root: string; readonly paths: Paths; readonly port: MessagePort }): void {
  root = data.root
  paths = data.paths
  data.port.on('message', (given: ReadonlyMap<string, number>) => {
    versions = given
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    data.port.postMessage('set')
  })
  data.port.unref()
}

export async function resolve(
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => Promise<Resolved>,
): Promise<Resolved> {
  const resolved = await next(named(specifier, context.parentURL ?? ''), context)
  if (!isTypeScript(resolved.url)) return versioned(resolved)
  const built = builtFile(fileURLToPath(resolved.url), root)
  return versioned(built === undefined ? resolved : { url: pathToFileURL(built).href })
}

/** What a project's TypeScript file imports by its tsconfig.json or by the name that a file will have once it is compiled. */
function named(specifier: string, parent: string): string {
  if (!isTypeScript(parent)) return specifier
  if (specifier.startsWith('.')) return pathToFileURL(sourceFile(fileURLToPath(new URL(specifier, parent)))).href
  const mapped = mappedFile(specifier, paths)
  return mapped === undefined ? specifier : pathToFileURL(mapped).href
}

function versioned(resolved: Resolved): Resolved {
  if (!resolved.url.startsWith('file:')) return resolved
  const version = versions.get(fileURLToPath(resolved.url))
  if (version === undefined) return resolved
  const url = new URL(resolved.url)
  url.searchParams.set('version', String(version))
  return { ...resolved, url: url.href }
}

export async function load(
  url: string,
  context: unknown,
  next: (url: string, context: unknown) => Promise<Loaded>,
): Promise<Loaded> {
  if (!isTypeScript(url)) return next(url, context)
  const file = fileURLToPath(url)
  files ??= new TypeScriptFiles(path.dirname(file))
  const text = await fs.readFile(file, 'utf8')
  const [problem] = files.syntaxProblems(text)
  if (problem !== undefined) throw new SyntaxError(renderProblem(toProblem(problem, text, 0), text, file))
  return { format: 'module', source: files.strip(text), shortCircuit: true }
}

function isTypeScript(url: string): boolean {
  return url.startsWith('file:') && /\.m?ts$/.test(new URL(url).pathname)
}
