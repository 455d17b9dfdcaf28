import vm from 'node:vm'
import type { CompiledCell } from '../compiler/cell-compiler.ts'
import { IMPORT_META, RESOLVE, SCOPE } from '../compiler/transform.ts'
import { CELL_FUNCTION } from './failure.ts'

export type CellFunction = (
  scope: unknown,
  resolve: unknown,
  meta: unknown,
  require: NodeJS.Require,
  filename: string,
  dirname: string,
) => Promise<unknown>

const PARAMETERS = [SCOPE, RESOLVE, IMPORT_META, 'require', '__filename', '__dirname'].join(',')

/**
 * A compiled cell as a function. Its first line stands in column 1 for V8 too, and `import()` resolves from `file`.
 */
export function cellFunction({ head, body }: CompiledCell, file: string): CellFunction {
  const opening = `(async function ${CELL_FUNCTION}(${PARAMETERS}){'use strict';${head}`
  const script = new vm.Script(`${opening}${body}\n})`, {
    filename: file,
    columnOffset: -opening.length,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  return script.runInThisContext() as CellFunction
}
