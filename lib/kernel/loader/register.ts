import { register } from 'node:module'
import { MessageChannel } from 'node:worker_threads'
import type { Paths } from './path-mapping.ts'

let port: MessageChannel['port1'] | undefined

/** Lets Node import `.ts` files from now on; costs nothing until a notebook uses one. */
export function registerTypeScript(root: string, paths: Paths): void {
  if (port !== undefined) return
  const channel = new MessageChannel()
  port = channel.port1
  register(new URL('./hooks.js', import.meta.url).href, {
    data: { root, paths, port: channel.port2 },
    transferList: [channel.port2],
  })
  port.unref()
}

/** Gives files versions; an import from now on gets the version of its file. Settles when that holds. */
export async function setVersions(versions: ReadonlyMap<string, number>): Promise<void> {
  const hooks = port
  if (hooks === undefined) throw new Error('the hooks are not registered')
  await new Promise<void>(resolve => {
    hooks.ref()
    hooks.once('message', () => {
      hooks.unref()
      resolve()
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    hooks.postMessage(versions)
  })
}
