import fs from 'node:fs'
import path from 'node:path'
import type { TrainOptions } from '../nn/index.ts'
import type { FitOptions } from './model.ts'

/** The checkpoint of one of a model's trainings, in the folder that was asked for, which is made; nothing where none was. */
export function checkpointIn(
  { checkpoints }: Pick<FitOptions, 'checkpoints'>,
  training: string,
): Pick<TrainOptions, 'checkpoint'> {
  if (checkpoints === undefined) return {}
  fs.mkdirSync(checkpoints, { recursive: true })
  return { checkpoint: { file: path.join(checkpoints, `${training}.ckpt`) } }
}
