import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { scratchFolder } from './io.ts'

const CHECKOUT = path.resolve(import.meta.dirname, '../..')
const COPIED = ['bin', 'lib', 'dist', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']

const cell = (id: string, source: string) => ({ cell_type: 'code', id, metadata: {}, execution_count: null, outputs: [], source })

/** A checkout of its own, without notebooks; the packages are this one's. Gone after the tests of this file. */
export function checkout() {
  const root = scratchFolder()
  const at = (...names: readonly string[]): string => path.join(root, ...names)
  return {
    root,
    at,
    /** Builds, and fills it; to be called before it is used. */
    build(): void {
      const { status } = spawnSync(process.execPath, [path.join(CHECKOUT, 'bin/build.js')])
      expect(status).toBe(0)
      for (const name of COPIED) fs.cpSync(path.join(CHECKOUT, name), at(name), { recursive: true, preserveTimestamps: true })
      fs.symlinkSync(path.join(CHECKOUT, 'node_modules'), at('node_modules'))
      fs.mkdirSync(at('notebooks'))
    },
    /** A notebook with a title, a parameter `data`, and these code cells: c0, c1, … */
    write(name: string, ...sources: readonly string[]): void {
      const cells = [
        { cell_type: 'markdown', id: 'title', metadata: {}, source: '# A notebook' },
        { ...cell('parameters', `const data: string = 'nowhere'`), metadata: { tags: ['parameters'] } },
        ...sources.map((source, i) => cell(`c${i}`, source)),
      ]
      fs.writeFileSync(at('notebooks', `${name}.ipynb`), JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }))
    },
  }
}
