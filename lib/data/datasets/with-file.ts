import fs from 'node:fs'

/** Writes what comes, to its end. */
export type Sink = (chunks: AsyncIterable<Uint8Array>) => Promise<void>

/**
 * Opens a file, lets `work` write to it, and brings it to the disk. The file is open before anything can fail and closed before this
 * returns or throws, so that whoever cleans up afterwards is not overtaken by a late write.
 */
export async function withFile(file: string, flags: 'w' | 'a', work: (sink: Sink) => Promise<void>): Promise<void> {
  const handle = await fs.promises.open(file, flags)
  try {
    await work(async chunks => {
      for await (const chunk of chunks) await handle.writeFile(chunk)
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
}
