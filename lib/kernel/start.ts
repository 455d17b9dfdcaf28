import { readConnectionFile } from '../notebook/wire/index.ts'
import { kernelInfo } from './requests/kernel-info.ts'
import { packageVersion } from './root.ts'
import { Wire } from './wire/wire.ts'

/** Serves the front end that wrote the connection file; settles never, the process ends with the kernel. */
export async function serveKernel(connectionFile: string, folder: string = process.cwd()): Promise<never> {
  const wire = new Wire(readConnectionFile(connectionFile), kernelInfo(packageVersion('clvlab'), packageVersion('typescript')))
  await wire.bound // a front end that finds no socket yet waits long before it tries again: the compiler comes second
  const { Kernel } = await import('./kernel.ts')
  return new Kernel(wire, folder).serve()
}
