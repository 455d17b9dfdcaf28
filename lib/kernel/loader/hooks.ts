/** Module hooks, run by Node in a thread of their own: `.ts` files beside a notebook become JavaScript as they load. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
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

let root = ''
let files: TypeScriptFiles | undefined

export function initialize(data: { readonly root: string }): void {
  root = data.root
}

export async function resolve(specifier: string, context: unknown, next: (specifier: string, context: unknown) => Promise<Resolved>): Promise<Resolved> {
  const resolved = await next(specifier, context)
  if (!isTypeScript(resolved.url)) return resolved
  const built = builtFile(fileURLToPath(resolved.url), root)
  return built === undefined ? resolved : { url: pathToFileURL(built).href }
}

export async function load(url: string, context: unknown, next: (url: string, context: unknown) => Promise<Loaded>): Promise<Loaded> {
  if (!isTypeScript(url)) return next(url, context)
  const file = fileURLToPath(url)
  files ??= new TypeScriptFiles(path.dirname(file))
  return { format: 'module', source: files.strip(await fs.readFile(file, 'utf8')), shortCircuit: true }
}

function isTypeScript(url: string): boolean {
  return url.startsWith('file:') && /\.m?ts$/.test(new URL(url).pathname)
}
