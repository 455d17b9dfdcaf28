/** A tensor of TensorFlow.js, as far as this device uses it. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly size: number
  dataSync(): ArrayLike<number>
  data(): Promise<ArrayLike<number>>
  dispose(): void
}

/** A tensor or one number. */
export type Operand = Tensor | number

/**
 * TensorFlow.js as far as this device uses it: `@tensorflow/tfjs` and all that stand in for it (tfjs-node, tfjs-node-gpu, tfjs-core with a
 * backend) have it. Written down here, so that whoever uses clvlab need not install any of them.
 */
export interface TensorFlow {
  readonly version_core?: string
  readonly version?: Readonly<Record<string, string>>
  getBackend(): string
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
  /** The backend in use, whose class is its own. */
  backend(): object
  engine(): { startScope(): void; endScope(): void }
  keep<T extends Tensor>(tensor: T): T
  tensor(values: Float32Array | readonly number[], shape: readonly number[]): Tensor
  tensor1d(values: Int32Array, type: 'int32'): Tensor
  fill(shape: readonly number[], value: number): Tensor
  zeros(shape: readonly number[]): Tensor
  gather(x: Tensor, indices: Tensor): Tensor
  cast(x: Tensor, type: 'float32' | 'int32'): Tensor

  neg(x: Tensor): Tensor
  relu(x: Tensor): Tensor
  sigmoid(x: Tensor): Tensor
  tanh(x: Tensor): Tensor
  softplus(x: Tensor): Tensor
  exp(x: Tensor): Tensor
  log(x: Tensor): Tensor
  sqrt(x: Tensor): Tensor
  square(x: Tensor): Tensor
  abs(x: Tensor): Tensor
  sign(x: Tensor): Tensor
  erf(x: Tensor): Tensor
  clipByValue(x: Tensor, low: number, high: number): Tensor
  add(a: Operand, b: Operand): Tensor
  sub(a: Operand, b: Operand): Tensor
  mul(a: Operand, b: Operand): Tensor
  div(a: Operand, b: Operand): Tensor
  maximum(a: Tensor, b: Tensor): Tensor
  minimum(a: Tensor, b: Tensor): Tensor
  greater(a: Tensor, b: Operand): Tensor
  greaterEqual(a: Tensor, b: Tensor): Tensor
  equal(a: Tensor, b: Tensor): Tensor
  notEqual(a: Tensor, b: Operand): Tensor
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor
  sum(x: Tensor, axis?: number, keep?: boolean): Tensor
  max(x: Tensor, axis: number, keep: boolean): Tensor
  broadcastTo(x: Tensor, shape: readonly number[]): Tensor
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor
  pad(x: Tensor, by: readonly (readonly [number, number])[]): Tensor
  concat(tensors: readonly Tensor[], axis: number): Tensor
  transpose(x: Tensor): Tensor
  reshape(x: Tensor, shape: readonly number[]): Tensor
}
