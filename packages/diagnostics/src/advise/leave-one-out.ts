import {
  add,
  cast,
  diagonal,
  div,
  eye,
  inv,
  matmul,
  mean,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  trace,
  transpose,
  unsqueeze,
} from "@isograd/autograd";

/** What is added to the inner products of the examples, whose mean square is 1: the best of these counts. */
const ridges = [1e-2, 1e-1, 1];

/**
 * Linear functions of `features`, fitted to targets by least squares with a ridge, and judged by examples that they were not fitted to.
 *
 * Every example is left out once, in closed form: what is left of it is (K + λ)⁻¹y over the diagonal of (K + λ)⁻¹, with both sides centred.
 */
export class LeaveOneOut {
  readonly #inverses: readonly { readonly matrix: Tensor; readonly diagonal: Tensor }[];

  /** @param features [examples, ...] */
  constructor(features: Tensor) {
    const rows = centred(features);
    const count = rows.shape[0];
    const products = matmul(rows, transpose(rows));
    const size = trace(products).item() / count;
    this.#inverses = ridges.map((ridge) => {
      const matrix = inv(add(div(products, size), mul(ridge, eye(count, "f64"))));
      return { matrix, diagonal: unsqueeze(diagonal(matrix), 1) };
    });
  }

  /** The share of the variance of targets [examples, ...] that the best of them leaves; NaN where features or targets are all alike. */
  shareOf(targets: Tensor): number {
    const columns = centred(targets);
    const variance = sum(square(columns)).item();
    const shares = this.#inverses.map(({ matrix, diagonal: own }) =>
      sum(square(div(matmul(matrix, columns), own))).item(),
    );
    return Math.min(...shares) / variance;
  }
}

/** [examples, ...] as a matrix of f64, each column with mean 0. */
function centred(x: Tensor): Tensor {
  const matrix = reshape(cast(x, "f64"), [x.shape[0], -1]);
  return sub(matrix, mean(matrix, { axis: 0 }));
}
