// One process at a time: a folder that only one can make.
import fs from 'node:fs'
import path from 'node:path'

/** Does the work while no other process does it under this folder's name; one that died in it is not waited for. */
export async function withLock(folder, work) {
  for (;;) {
    try {
      fs.mkdirSync(path.dirname(folder), { recursive: true })
      fs.mkdirSync(folder)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') return await work() // nothing can be written here, and the work says so in its own words
      if (isAbandoned(folder)) fs.rmSync(folder, { recursive: true, force: true })
      else await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  const free = () => fs.rmSync(folder, { recursive: true, force: true })
  process.on('exit', free)
  try {
    fs.writeFileSync(path.join(folder, 'pid'), String(process.pid))
    return await work()
  } finally {
    process.off('exit', free)
    free()
  }
}

/** A lock whose owner is gone, or that never named one within five seconds. */
function isAbandoned(folder) {
  try {
    process.kill(Number(fs.readFileSync(path.join(folder, 'pid'), 'utf8')), 0)
    return false
  } catch (error) {
    if (error.code === 'ESRCH') return true
    try {
      return error.code === 'ENOENT' && Date.now() - fs.statSync(folder).mtimeMs > 5000
    } catch {
      return false
    }
  }
}
