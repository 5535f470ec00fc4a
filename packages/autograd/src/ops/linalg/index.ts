export { type CholeskyOptions, cholesky, choleskyEx } from "./cholesky.ts";
export { choleskyInverse, choleskySolve } from "./cholesky-solve.ts";
export { cond } from "./cond.ts";
export { det } from "./det.ts";
export { type EigenOptions, eigh, eigvalsh } from "./eigh.ts";
export { inv, invEx } from "./inv.ts";
export { lu, luSolve, luUnpack } from "./lu.ts";
export { luFactor, luFactorEx } from "./lu-factor.ts";
export { matrixExp } from "./matrix-exp.ts";
export {
  type LinalgNormOptions,
  linalgNorm,
  type MatrixNormOptions,
  type MatrixNormOrder,
  matrixNorm,
} from "./matrix-norm.ts";
export { matrixPower } from "./matrix-power.ts";
export { matrixRank } from "./matrix-rank.ts";
export { type PseudoinverseOptions, pinv } from "./pinv.ts";
export { type QrOptions, qr } from "./qr.ts";
export { logdet, slogdet } from "./slogdet.ts";
export { type SolveOptions, solve, solveEx } from "./solve.ts";
export { solveTriangular, type TriangularOptions } from "./solve-triangular.ts";
export { svd, svdvals } from "./svd.ts";
export { tensorinv, tensorsolve } from "./tensor-equations.ts";
export type { ToleranceOptions } from "./tolerance.ts";
