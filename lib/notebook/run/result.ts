/** What came of a run, cell by cell. */
export interface RunResult {
  /** `ok` when every code cell ran and none failed, not even later by a rejection that nobody awaited. */
  readonly status: 'ok' | 'error' | 'timeout' | 'dead' | 'interrupted'
  /** One sentence on what went wrong, where `status` is not `ok`. */
  readonly reason?: string
  /** The executed notebook's file. */
  readonly out: string
  readonly cells: readonly CellResult[]
  /** Whole run, kernel start included, in milliseconds. */
  readonly duration: number
  /** How many timers, reads, child processes and the like of cells were still under way some seconds behind the last cell: what becomes of them is not known. */
  readonly pending?: number
}

export interface CellResult {
  /** Place in the notebook's list of cells, from 0. */
  readonly index: number
  readonly id: string
  /** `skipped`: it did not run; `kept`: it needed not, for it is as it was when its outputs were made. */
  readonly status: 'ok' | 'error' | 'timeout' | 'skipped' | 'kept'
  /** In milliseconds; 0 where the cell did not run. */
  readonly duration: number
  readonly error?: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] }
}

export interface RunProgress {
  /** Place among the code cells, from 1, and how many there are. */
  readonly cell: number
  readonly of: number
  readonly id: string
  /** The cell's first line of text. */
  readonly title: string
  readonly state: 'start' | 'end'
  readonly duration: number
}
