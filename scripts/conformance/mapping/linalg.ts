import {
  cholesky,
  choleskyEx,
  choleskyInverse,
  choleskySolve,
  cond,
  det,
  eigvalsh,
  expand,
  inv,
  invEx,
  linalgNorm,
  logdet,
  lu,
  luFactor,
  luFactorEx,
  luSolve,
  luUnpack,
  matmul,
  matrixExp,
  matrixNorm,
  matrixPower,
  matrixRank,
  norm,
  pinv,
  qr,
  slogdet,
  solve,
  solveEx,
  solveTriangular,
  svdvals,
  type Tensor,
  tensorinv,
  tensorsolve,
  transpose,
} from "@isograd/autograd";
import { call, type Mapping, NotOffered } from "../call.ts";

const factor = call("A pivot=true", ({ A }) => luFactor(A));
const norms = call('input p="fro" dim=null keepdim=false', ({ input, p, dim, keepdim }) =>
  p === "nuc"
    ? matrixNorm(input, { ord: p, axis: dim ?? [0, 1], keepDims: keepdim })
    : norm(input, { p: p ?? "fro", axis: dim ?? undefined, keepDims: keepdim }),
);
const linalgNorms = call("A ord=null dim=null keepdim=false", ({ A, ord, dim, keepdim }) =>
  linalgNorm(A, { ord: ord ?? undefined, axis: dim ?? undefined, keepDims: keepdim }),
);
const reducedQr = (x: Tensor, mode: string): readonly Tensor[] => {
  if (mode === "r") throw new NotOffered("R alone: take the second factor of qr");
  return qr(x, { complete: mode === "complete" });
};
const pseudoinverse = call(
  "A rcond=null atol=null rtol=null hermitian=false",
  ({ A, rcond, atol, rtol, hermitian }) =>
    pinv(A, { atol: atol ?? undefined, rtol: rtol ?? rcond ?? undefined, hermitian }),
);

export const linalg: Mapping = {
  cholesky: call("input upper=false", ({ input, upper }) => cholesky(input, { upper })),
  "linalg.cholesky": call("A upper=false", ({ A, upper }) => cholesky(A, { upper })),
  "linalg.cholesky_ex": call("A upper=false check_errors=false", ({ A, upper }) => choleskyEx(A, { upper })),
  cholesky_inverse: call("input upper=false", ({ input, upper }) => choleskyInverse(input, { upper })),
  cholesky_solve: call("input L upper=false", ({ input, L, upper }) => choleskySolve(input, L, { upper })),
  lu: call("A pivot=true get_infos=false", ({ A, get_infos }) => (get_infos ? luFactorEx(A) : luFactor(A))),
  "linalg.lu": call("A pivot=true", ({ A }) => lu(A)),
  "linalg.lu_factor": factor,
  "linalg.lu_factor_ex": call("A pivot=true check_errors=false", ({ A }) => luFactorEx(A)),
  "linalg.lu_solve": call("LU pivots B left=true adjoint=false", ({ LU, pivots, B, left, adjoint }) =>
    luSolve(LU, pivots, B, { left, adjoint }),
  ),
  lu_solve: call("b LU_data LU_pivots", ({ b, LU_data, LU_pivots }) => luSolve(LU_data, LU_pivots, b)),
  lu_unpack: call("LU_data LU_pivots unpack_data=true unpack_pivots=true", ({ LU_data, LU_pivots }) =>
    luUnpack(LU_data, LU_pivots),
  ),
  qr: call("input some=true", ({ input, some }) => qr(input, { complete: !some })),
  "linalg.qr": call('A mode="reduced"', ({ A, mode }) => reducedQr(A, mode)),
  "linalg.svdvals": call("A", ({ A }) => svdvals(A)),
  "linalg.eigvalsh": call('A UPLO="L"', ({ A, UPLO }) => eigvalsh(A, { upper: UPLO === "U" })),
  "linalg.inv": call("A", ({ A }) => inv(A)),
  inverse: call("input", ({ input }) => inv(input)),
  "linalg.inv_ex": call("A check_errors=false", ({ A }) => invEx(A)),
  "linalg.solve": call("A B left=true", ({ A, B, left }) => solve(A, B, { left })),
  "linalg.solve_ex": call("A B left=true check_errors=false", ({ A, B, left }) => solveEx(A, B, { left })),
  "linalg.solve_triangular": call("A B upper left=true unitriangular=false", ({ A, B, ...options }) =>
    solveTriangular(A, B, options),
  ),
  triangular_solve: call(
    "b A upper=true transpose=false unitriangular=false",
    ({ b, A, upper, transpose: turned, unitriangular }) => {
      const solution = solveTriangular(turned ? transpose(A) : A, b, {
        upper: upper !== turned,
        unitriangular,
      });
      return [solution, expand(A, [...solution.shape.slice(0, -2), ...A.shape.slice(-2)])];
    },
  ),
  "linalg.det": call("A", ({ A }) => det(A)),
  "linalg.det/singular": call("A", ({ A }) => det(A)),
  det: call("input", ({ input }) => det(input)),
  "linalg.slogdet": call("A", ({ A }) => slogdet(A)),
  slogdet: call("input", ({ input }) => slogdet(input)),
  logdet: call("input", ({ input }) => logdet(input)),
  "linalg.pinv": pseudoinverse,
  "linalg.pinv/hermitian": pseudoinverse,
  "linalg.pinv/singular": call("a b", ({ a, b }) => pinv(matmul(a, transpose(b)))),
  pinverse: call("input rcond=1e-15", ({ input, rcond }) => pinv(input, { rtol: rcond })),
  matrix_exp: call("input", ({ input }) => matrixExp(input)),
  "linalg.matrix_exp": call("A", ({ A }) => matrixExp(A)),
  "linalg.matrix_power": call("A n", ({ A, n }) => matrixPower(A, n)),
  matrix_power: call("input n", ({ input, n }) => matrixPower(input, n)),
  "linalg.matrix_rank": call(
    "A tol=null hermitian=false atol=null rtol=null",
    ({ A, tol, hermitian, atol, rtol }) =>
      matrixRank(A, { atol: atol ?? tol ?? undefined, rtol: rtol ?? undefined, hermitian }),
  ),
  "linalg.matrix_norm": call('A ord="fro" dim=[-2,-1] keepdim=false', ({ A, ord, dim, keepdim }) =>
    matrixNorm(A, { ord, axis: dim, keepDims: keepdim }),
  ),
  "linalg.norm": linalgNorms,
  "linalg.norm/subgradients_at_zero": linalgNorms,
  norm: norms,
  "norm/nuc": norms,
  "norm/fro": norms,
  "norm/inf": norms,
  "linalg.cond": call("A p=null", ({ A, p }) => cond(A, { ord: p ?? undefined })),
  "linalg.tensorinv": call("A ind=2", ({ A, ind }) => tensorinv(A, { ind })),
  "linalg.tensorsolve": call("A B dims=null", ({ A, B, dims }) => tensorsolve(A, B, { axes: dims ?? [] })),
};
