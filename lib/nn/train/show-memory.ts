import type { Memory } from '../../engine/index.ts'

/** One line: `needs 14.2 MiB: parameters 0.1, training 0.1, arena 0.9, data 13.1`. */
export function showMemory({ parameters, training, arena, data, total }: Memory): string {
  const mib = (bytes: number): string => (bytes / 1048576).toFixed(1)
  return `needs ${mib(total)} MiB: parameters ${mib(parameters)}, training ${mib(training)}, arena ${mib(arena)}, data ${mib(data)}`
}
