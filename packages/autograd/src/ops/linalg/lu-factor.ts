import { factorLu } from "../../kernels/linalg/lu.ts";
import { doublesOf, resultOf } from "../../kernels/linalg/members.ts";
import { applyMany, defineOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, sub } from "../elementwise/arithmetic.ts";
import { transpose } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";
import { tril, triu } from "../movement/triangle.ts";
import { matmul } from "../products/matmul.ts";
import { eliminationFlops, ofMatrices } from "./flops.ts";
import { checkFactored, matricesOf } from "./matrices.ts";
import { exchangeBack } from "./pivots.ts";
import { solveTriangular } from "./solve-triangular.ts";

/** L and U in one matrix, the exchanges of rows, and for each matrix where its pivot is zero, from 1. */
const luFactorOp = /* @__PURE__ */ defineOp<{ readonly checked: boolean }>({
  name: "luFactor",
  shape: ([x]) => {
    const { batch, m, n, dtype } = matricesOf("luFactor", x);
    return [
      { shape: x.shape, dtype },
      { shape: [...batch, Math.min(m, n)], dtype: "i32" },
      { shape: batch, dtype: "i32" },
    ];
  },
  forward: ([x], { checked }, { shape, dtype }) => {
    const [m, n] = shape.slice(-2);
    const batch = shape.slice(0, -2);
    const k = Math.min(m, n);
    const data = doublesOf(x);
    const pivots = new Int32Array(sizeOf(batch) * k);
    const information = Int32Array.from({ length: sizeOf(batch) }, (_, member) =>
      factorLu(
        data.subarray(member * m * n, (member + 1) * m * n),
        m,
        n,
        pivots.subarray(member * k, (member + 1) * k),
      ),
    );
    if (checked) checkPivots(information, batch);
    return [resultOf(data, dtype), pivots, information];
  },
  vjp: [(g, { outputs: [lu, pivots] }) => exchangeBack(pullBack(lu, g), pivots)],
  readsOutput: true,
  batch: "leading",
  flops: /* @__PURE__ */ ofMatrices(eliminationFlops),
});

const checkPivots = (information: Int32Array, batch: readonly number[]): void =>
  checkFactored(
    "luFactor",
    "a matrix of full rank",
    (place) => `one whose pivot ${place} is 0`,
    information,
    batch,
  );

/**
 * The cotangent of Pᵀ A from that of the factors.
 *
 * What is left of a wide matrix, L⁻¹ A₂, and of a tall one, A₂ U⁻¹, is solved from the square part, and pulled back through that first.
 */
function pullBack(lu: Tensor, g: Tensor): Tensor {
  const [m, n] = lu.shape.slice(-2);
  const k = Math.min(m, n);
  const split = (x: Tensor, axis: number): [Tensor, Tensor] => [
    slice(x, axis, { end: k }),
    slice(x, axis, { start: k }),
  ];
  const axis = m < n ? -1 : -2;
  const [square, rest] = split(lu, axis);
  const [squareCotangent, restCotangent] = split(g, axis);
  const [l, u] = [transpose(square), transpose(square)];
  const solveL = (x: Tensor): Tensor => solveTriangular(l, x, { upper: true, unitriangular: true });
  const solveU = (x: Tensor): Tensor => solveTriangular(u, x, { left: false });
  // L and U with their ones and zeros: products need them, the solvers know.
  const lowerTransposed = (x: Tensor): Tensor => add(x, matmul(transpose(tril(square, -1)), x));
  let toLower = lowerTransposed(tril(squareCotangent, -1));
  let toUpper = matmul(triu(squareCotangent), transpose(triu(square)));
  let restResult = restCotangent;
  if (m < n) {
    restResult = solveL(restCotangent);
    toLower = sub(toLower, matmul(restCotangent, transpose(rest)));
  } else if (m > n) {
    restResult = solveU(restCotangent);
    toUpper = sub(toUpper, matmul(transpose(rest), restCotangent));
  }
  const result = solveU(solveL(add(tril(toLower, -1), triu(toUpper))));
  return m === n ? result : concat([result, restResult], axis);
}

/**
 * Factors matrices as P L U with partial pivoting: L and U in one matrix, and the pivots.
 *
 * L stands below the diagonal, its ones left out. The pivots say, counted from 1 as in LAPACK and PyTorch, which row was exchanged with
 * each row, in turn.
 *
 * @param x [..., m, n]
 * @returns the factors [..., m, n], and the pivots [..., min(m, n)] as `i32`
 * @throws ArgumentError if a pivot is zero, with the place in the batch
 * @see torch.linalg.lu_factor
 * @example
 * luFactor(tensor([[1, 2], [4, 4]])); // [[[4, 4], [0.25, 1]], [2, 2]]
 */
export function luFactor(x: Tensor): [factors: Tensor, pivots: Tensor] {
  const [factors, pivots] = applyMany(luFactorOp, [x], { checked: true });
  return [factors, pivots];
}

/**
 * `luFactor` that does not throw: third comes, as `i32` [...], 0 or the place of the first pivot that is zero.
 *
 * @see torch.linalg.lu_factor_ex
 * @example
 * luFactorEx(tensor([[1, 2], [2, 4]]))[2]; // 2
 */
export function luFactorEx(x: Tensor): [factors: Tensor, pivots: Tensor, information: Tensor] {
  return applyMany(luFactorOp, [x], { checked: false }) as [Tensor, Tensor, Tensor];
}
