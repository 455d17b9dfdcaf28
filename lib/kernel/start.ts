import { readConnectionFile } from '../notebook/wire/index.ts'
import { Kernel } from './kernel.ts'

/** Serves the front end that wrote the connection file; settles never, the process ends with the kernel. */
export async function serveKernel(connectionFile: string, folder: string = process.cwd()): Promise<never> {
  const kernel = new Kernel(readConnectionFile(connectionFile), folder)
  return kernel.serve()
}
