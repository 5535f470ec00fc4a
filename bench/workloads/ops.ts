/** The operations that programs are made of; each contender brings its own, from its library. */
export interface Ops<T> {
  matmul(a: T, b: T, transposeA?: boolean, transposeB?: boolean): T;
  add(a: T, b: T): T;
  mul(a: T, b: T): T;
  scale(a: T, factor: number): T;
  exp(x: T): T;
  tanh(x: T): T;
  sigmoid(x: T): T;
  /** x Φ(x), not its approximation by tanh. */
  gelu(x: T): T;
  relu(x: T): T;
  sum(x: T): T;
  /** Along the last axis. */
  softmax(x: T): T;
  /** Over the last axis, with 1e-5 below the root. */
  layerNorm(x: T, weight: T, bias: T): T;
  /** x [..., in], weight [in, out], bias [out]. */
  linear(x: T, weight: T, bias: T): T;
  /** The mean over the batch; logits [batch, classes], labels as the contender loads them. */
  crossEntropy(logits: T, labels: T): T;
  /** The mean of the squared difference. */
  mse(x: T, y: T): T;
  /** Without padding, stride 1; images and filters as the contender loads them. */
  conv2d(x: T, filter: T, bias: T): T;
  maxPool2d(x: T, size: number): T;
  /** [batch, channels, height, width] -> [batch, channels · height · width], in this order. */
  flatten(x: T): T;
  reshape(x: T, shape: readonly number[]): T;
  permute(x: T, axes: readonly number[]): T;
  /** Equal parts along the last axis. */
  split(x: T, parts: number): readonly T[];
  /** x[index] along the first axis. */
  select(x: T, index: number): T;
}
