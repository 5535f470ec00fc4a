import { fromData, ShapeError } from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";
import { allocateSlot } from "./random.ts";
import type { GainOptions } from "./variance-scaling.ts";

/**
 * Orthonormal rows, or columns where there are fewer of them, times `gain`: uniformly distributed among all such matrices.
 *
 * Axes behind the first count as one, so that the filters of a convolution are orthonormal.
 *
 * @throws ShapeError below rank 2
 * @see Saxe, McClelland, Ganguli 2014; torch.nn.init.orthogonal_
 */
export function orthogonal({ gain = 1 }: GainOptions = {}): Initializer {
  return (slot) => {
    const { shape, generator } = slot;
    if (shape.length < 2)
      throw new ShapeError("orthogonal", [shape], "expected a weight [out, in, ...kernel]");
    const out = allocateSlot(slot);
    const [rows, columns] = [shape[0], shape[0] === 0 ? 0 : out.length / shape[0]];
    const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
    const vectors = Array.from({ length: count }, () => {
      const vector = new Float64Array(length);
      generator.fillNormal(vector);
      return vector;
    });
    orthonormalize(vectors);
    for (let i = 0; i < count; i++) {
      const [start, step] = rows <= columns ? [i * columns, 1] : [i, columns];
      for (let j = 0; j < length; j++) out[start + j * step] = gain * vectors[i][j];
    }
    return fromData(out, shape);
  };
}

/**
 * Gram-Schmidt, twice over each vector: orthogonal to rounding.
 *
 * Each vector keeps a positive share of itself, which is the sign rule that makes the factor Q of a Gaussian matrix uniform.
 */
function orthonormalize(vectors: readonly Float64Array[]): void {
  for (let i = 0; i < vectors.length; i++) {
    const vector = vectors[i];
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < i; k++) {
        const other = vectors[k];
        let product = 0;
        for (let j = 0; j < vector.length; j++) product += vector[j] * other[j];
        for (let j = 0; j < vector.length; j++) vector[j] -= product * other[j];
      }
    }
    let square = 0;
    for (let j = 0; j < vector.length; j++) square += vector[j] * vector[j];
    const scale = 1 / Math.sqrt(square);
    for (let j = 0; j < vector.length; j++) vector[j] *= scale;
  }
}
