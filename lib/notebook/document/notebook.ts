/** A notebook of format 4.5, as its file holds it. Text is joined here; in the file it is a list of lines. */
export interface Notebook {
  readonly cells: readonly NotebookCell[]
  readonly metadata: Metadata
  readonly nbformat: 4
  readonly nbformat_minor: number
  /** What else the file holds at its outermost level: kept as it is. */
  readonly others?: Metadata
}

export type Metadata = Readonly<Record<string, unknown>>

export type NotebookCell = CodeCell | TextCell

export interface CodeCell {
  readonly cell_type: 'code'
  readonly id: string
  readonly metadata: Metadata
  readonly source: string
  readonly execution_count: number | null
  readonly outputs: readonly Output[]
}

export interface TextCell {
  readonly cell_type: 'markdown' | 'raw'
  readonly id: string
  readonly metadata: Metadata
  readonly source: string
  readonly attachments?: Readonly<Record<string, unknown>>
}

export type Output = StreamOutput | DataOutput | ErrorOutput

export interface StreamOutput {
  readonly output_type: 'stream'
  readonly name: 'stdout' | 'stderr'
  readonly text: string
}

export interface DataOutput {
  readonly output_type: 'display_data' | 'execute_result'
  /** By MIME type: text as a string, JSON types as values. */
  readonly data: Readonly<Record<string, unknown>>
  readonly metadata: Metadata
  /** Only of an `execute_result`. */
  readonly execution_count?: number | null
}

export interface ErrorOutput {
  readonly output_type: 'error'
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

export function tagsOf(cell: NotebookCell): readonly string[] {
  const { tags } = cell.metadata
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : []
}
