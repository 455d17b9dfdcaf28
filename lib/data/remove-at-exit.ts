import fs from 'node:fs'

const places = new Set<string>()

/** Has a file or folder that is being written removed should the process end before it is whole, as by Ctrl-C. Gives what takes that back. */
export function removeAtExit(place: string): () => void {
  if (places.size === 0) process.on('exit', removeAll)
  places.add(place)
  return () => {
    places.delete(place)
    if (places.size === 0) process.off('exit', removeAll)
  }
}

/** A thread may still be writing there: a folder that is not empty after all is tried again. */
function removeAll(): void {
  for (const place of places) fs.rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 })
}
