import { readConnectionFile } from '../notebook/wire/index.ts'
import { GLOBAL_TYPES } from './execution/globals.ts'
import { kernelInfo } from './requests/kernel-info.ts'
import { ROOT, packageVersion } from './root.ts'
import { Wire } from './wire/wire.ts'

/**
 * Serves the front end that wrote the connection file; settles never, the process ends with the kernel. What takes long goes side by
 * side: the thread opens its sockets while this one loads the compiler's client, and the compiler starts while this one loads the rest.
 */
export async function serveKernel(connectionFile: string, folder: string = process.cwd()): Promise<never> {
  const wire = new Wire(readConnectionFile(connectionFile), kernelInfo(packageVersion('clvlab'), packageVersion('typescript')))
  const { CellCompiler } = await import('./compiler/cell-compiler.ts')
  const compiler = new CellCompiler(folder, ROOT, GLOBAL_TYPES)
  const { Kernel } = await import('./kernel.ts')
  return new Kernel(wire, compiler, folder).serve()
}
