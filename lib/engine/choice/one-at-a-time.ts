import fs from 'node:fs'
import path from 'node:path'
import { isRunning } from '../../files/index.ts'

/** How often those who wait look again, ms. */
const LOOK = 50

/**
 * Does work that no other thread or process of this user does at the same time: whoever has made the file goes first, the others wait until it is gone. A
 * file whose process has ended, or that has been waited for longer than `longest`, ms, is taken for left behind. Where the file cannot be made at all the work
 * is done at once.
 */
export async function oneAtATime<T>(file: string, longest: number, work: () => Promise<T>): Promise<T> {
  const since = performance.now()
  while (true) {
    const got = taken(file)
    if (got === undefined) return await work()
    if (got) break
    if (performance.now() - since > longest || hasNoOwner(file)) fs.rmSync(file, { force: true })
    else await new Promise(resolve => setTimeout(resolve, LOOK))
  }
  try {
    return await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

/** Whether the file is ours now; undefined where there can be none. */
function taken(file: string): boolean | undefined {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' && fs.statSync(path.dirname(file)).isDirectory() ? false : undefined
  }
}

function hasNoOwner(file: string): boolean {
  try {
    const owner = Number(fs.readFileSync(file, 'utf8'))
    return owner > 0 && !isRunning(owner)
  } catch {
    // it has just gone
    return false
  }
}
