import fs from 'node:fs'

const all = JSON.parse(fs.readFileSync(new URL('./mpmath.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly [number[], number][]>
>

/** Arguments and value, from mpmath; see make-golden.py. */
export function golden(name: 'alivePurchases' | 'decayIntegral' | 'gompertzIntegral'): readonly (readonly [number[], number])[] {
  return all[name] as [number[], number][]
}
