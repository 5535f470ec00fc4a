import {
  cast,
  contiguous,
  diagonal,
  mul,
  qr,
  randn,
  reshape,
  ShapeError,
  sign,
  transpose,
} from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";
import type { GainOptions } from "./variance-scaling.ts";

/**
 * Orthonormal rows, or columns where there are fewer of them, times `gain`: uniformly distributed among all such matrices.
 *
 * Axes behind the first count as one, so that the filters of a convolution are orthonormal.
 *
 * @throws ShapeError below rank 2
 * @see Saxe, McClelland, Ganguli 2014; Mezzadri 2007, "How to generate random matrices from the classical compact groups"; torch.nn.init.orthogonal_
 * @example
 * const weight = orthogonal()({ shape: [2, 5], generator: new Generator(1) });
 * matmul(weight, transpose(weight)); // [[1.00, 0.00], [0.00, 1.00]]
 */
export function orthogonal({ gain = 1 }: GainOptions = {}): Initializer {
  return ({ shape, generator, dtype = "f32" }) => {
    if (shape.length < 2)
      throw new ShapeError("orthogonal", [shape], "expected a weight [out, in, ...kernel]");
    const [rows, columns] = [shape[0], shape.slice(1).reduce((product, extent) => product * extent, 1)];
    const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
    const [q, r] = qr(transpose(randn(generator, [count, length], "f64")));
    // Only with these signs is the factor Q of a Gaussian matrix uniform.
    const vectors = mul(q, mul(sign(diagonal(r)), gain));
    const matrix = rows <= columns ? transpose(vectors) : vectors;
    return cast(reshape(contiguous(matrix), shape), dtype);
  };
}
