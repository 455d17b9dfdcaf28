import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { wantsMainThread } from '../../../../lib/engine/index.ts'

const root = path.resolve(import.meta.dirname, '../../../..')

test('webgpu is refused by name in a thread, whose end would take the process down', async () => {
  const { ensureBuilt } = (await import(pathToFileURL(path.join(root, 'bin/support/build.js')).href)) as {
    readonly ensureBuilt: () => Promise<unknown>
  }
  await ensureBuilt()
  const script = `
    import { parentPort } from 'node:worker_threads'
    const { loadDevice, present } = await import(${JSON.stringify(pathToFileURL(path.join(root, 'dist/engine/index.js')).href)})
    const { code, what, remedy } = await loadDevice('webgpu').catch(error => error)
    parentPort.postMessage({ code, what, remedy, present: present().map(({ device }) => device) })`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`), { execArgv: [] })
  const said = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  expect(said).toMatchObject({
    code: 'no-webgpu',
    what: 'WebGPU works in the main thread of a process alone, and this is another',
    remedy: expect.stringContaining('`workers: 1`') as string,
  })
  expect((said as { readonly present: readonly string[] }).present).not.toContain('webgpu')
  await worker.terminate()
})

test('trainings on webgpu are made in the main thread, others in threads', () => {
  expect(wantsMainThread('webgpu')).toBe(true)
  expect((['wasm', 'tensorflow:native', 'tensorflow'] as const).some(wantsMainThread)).toBe(false)
})
