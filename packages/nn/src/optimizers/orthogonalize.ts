import {
  ArgumentError,
  add,
  div,
  fromData,
  matmul,
  mul,
  noGrad,
  type Tensor,
  transpose,
} from "@isograd/autograd";
import { jointNorm, type Values } from "../clipping/norms.ts";
import { checkCount, checkNotNegative } from "./settings.ts";
import type { GradientTransform } from "./transform.ts";

export interface OrthogonalizeOptions {
  /** How many iterations; default 5. */
  readonly steps?: number;
  /** Of each iteration aX + b(XXᵀ)X + c(XXᵀ)²X; default [3.4445, -4.775, 2.0315], which brings singular values near 1 fast, not to it. */
  readonly coefficients?: readonly [a: number, b: number, c: number];
  /** The least norm that is divided by; default 1e-7. */
  readonly eps?: number;
}

/**
 * Brings the singular values of each update towards 1, by Newton and Schulz; weights [out, ...] are matrices of `out` rows.
 *
 * Tall ones are multiplied by √(rows / columns), so that outputs change alike.
 *
 * @throws ArgumentError on parameters with fewer than two axes
 * @see Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; torch.optim.Muon
 * @example
 * const weight = parameter([[0, 0], [0, 0]]);
 * weight.grad = tensor([[50, 0], [0, 30]]);
 * new Optimizer([weight], chain(orthogonalize(), scaleByLearningRate(1))).step();
 * round(weight); // [[-1, 0], [0, -1]]
 */
export function orthogonalize(options: OrthogonalizeOptions = {}): GradientTransform<null> {
  const { steps = 5, coefficients = [3.4445, -4.775, 2.0315], eps = 1e-7 } = options;
  checkCount("orthogonalize", "steps", steps);
  checkNotNegative("orthogonalize", { eps });
  return Object.freeze({
    init: (parameters: readonly Tensor[]) => {
      parameters.forEach(({ rank, shape }, k) => {
        if (rank < 2)
          throw new ArgumentError(
            "orthogonalize",
            `expected weights with two axes at least, parameter ${k} has ${rank}; group others with another optimizer`,
            shape,
          );
      });
      return null;
    },
    update: (updates: (Values | null)[], _: null, parameters: readonly Tensor[]) =>
      updates.map((values, k) => {
        if (values === null) return null;
        const [rows] = parameters[k].shape as number[];
        const matrix = fromData(values, [rows, values.length / Math.max(rows, 1)]);
        return noGrad(() => newtonSchulz(matrix, steps, coefficients, eps));
      }),
  });
}

function newtonSchulz(
  matrix: Tensor,
  steps: number,
  [a, b, c]: readonly [number, number, number],
  eps: number,
): Values {
  const [rows, columns] = matrix.shape as number[];
  const isTall = rows > columns;
  const norm = jointNorm([matrix.values() as Values], 2);
  let x = div(isTall ? transpose(matrix) : matrix, Math.max(norm, eps));
  for (let step = 0; step < steps; step++) {
    const gram = matmul(x, transpose(x));
    x = add(mul(a, x), matmul(add(mul(b, gram), mul(c, matmul(gram, gram))), x));
  }
  const scaled = isTall ? mul(Math.sqrt(rows / columns), transpose(x)) : x;
  return scaled.values().slice() as Values;
}
