import { GLOBAL_TYPES } from './execution/globals.ts'
import { ROOT } from './root.ts'

/**
 * What the compiler says of cells as the kernel would compile them one after another, none of them run: by the cell's position, each problem as
 * a reader sees it. `folder` is where the notebook stands.
 */
export async function cellProblems(sources: readonly string[], folder: string): Promise<ReadonlyMap<number, readonly string[]>> {
  const [{ CellCompiler }, { renderProblem }] = await Promise.all([
    import('./compiler/cell-compiler.ts'),
    import('./compiler/problem.ts'),
  ])
  const compiler = new CellCompiler(folder, ROOT, GLOBAL_TYPES)
  try {
    const found = new Map<number, readonly string[]>()
    sources.forEach((source, i) => {
      const compiled = compiler.compile(source)
      if (compiled.ok) compiled.cell.commit(() => true)
      else
        found.set(
          i,
          compiled.problems.map(problem => renderProblem(problem, source, `Cell ${i + 1}`)),
        )
    })
    return found
  } finally {
    compiler.close()
  }
}
