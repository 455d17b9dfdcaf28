import { register } from 'node:module'

let registered = false

/** Lets Node import `.ts` files from now on; costs nothing until a notebook uses one. */
export function registerTypeScript(root: string): void {
  if (registered) return
  registered = true
  register(new URL('./hooks.js', import.meta.url).href, { data: { root } })
}
