import type { Tensor } from "../../../src/index.ts";
import * as autograd from "../../../src/index.ts";
import { given, type OpEntry, type Sample, samplesOf } from "../samples.ts";

const { numbers, shaped } = samplesOf("linalg");

const { add, matmul, mul, transpose } = autograd;

/** Numbers with more on the diagonal, so that the matrices are far from singular. */
function regular(shape: readonly number[], lift = 3): Tensor {
  const x = numbers(shape);
  const [m, n] = shape.slice(-2);
  const data = x.data.slice();
  for (let k = 0; k < data.length; k++)
    if (Math.floor(k / n) % m === k % n) data[k] += lift * (1 + (k % n) / 4);
  return autograd.fromData(data, shape);
}

/** A function of symmetric matrices, called with any: f(x + xᵀ). */
const symmetrically =
  (f: (x: Tensor) => Tensor | readonly Tensor[]) =>
  (x: Tensor): Tensor | readonly Tensor[] =>
    f(add(x, transpose(x)));

const squares = (
  f: (x: Tensor) => Tensor | readonly Tensor[],
  ...shapes: readonly (readonly number[])[]
): Sample[] =>
  (shapes.length > 0
    ? shapes
    : [
        [3, 3],
        [2, 2, 2],
        [1, 1],
        [0, 0],
        [0, 2, 2],
      ]
  ).map((shape) => given(`[${shape}]`, f, regular(shape)));

const wideAndTall = [
  [3, 3],
  [2, 3],
  [3, 2],
  [2, 2, 1],
  [0, 2],
  [2, 0],
] as const;

export const linalgTable: Readonly<Record<string, OpEntry>> = {
  cholesky: {
    samples: [
      ...squares(symmetrically((x) => autograd.cholesky(x))),
      given(
        "upper",
        symmetrically((x) => autograd.cholesky(x, { upper: true })) as (x: Tensor) => Tensor,
        regular([2, 2]),
      ),
    ],
    loses: 4,
  },
  choleskyEx: {
    samples: squares(
      symmetrically((x) => autograd.choleskyEx(x)[0]),
      [2, 2],
    ),
    loses: 4,
  },
  choleskyInverse: {
    samples: squares((x) => autograd.choleskyInverse(autograd.tril(x)), [3, 3], [2, 1, 1], [0, 0]),
    drops: true,
    loses: 8,
  },
  choleskySolve: {
    samples: [
      given(
        "lower",
        (b, x) => autograd.choleskySolve(b, autograd.tril(x)),
        numbers([3, 2]),
        regular([2, 3, 3]),
      ),
      given(
        "upper",
        (b, x) => autograd.choleskySolve(b, autograd.triu(x), { upper: true }),
        numbers([2, 1]),
        regular([2, 2]),
      ),
    ],
    drops: true,
    loses: 8,
  },
  cond: {
    samples: [
      ...squares((x) => autograd.cond(x), [3, 3], [2, 2, 2], [2, 3]),
      ...squares((x) => autograd.cond(x, { ord: -2 }), [2, 2]),
      ...squares((x) => autograd.cond(x, { ord: "fro" }), [2, 2], [0, 2, 2]),
      ...squares((x) => autograd.cond(x, { ord: 1 }), [2, 2]),
    ],
    loses: 16,
  },
  det: { samples: squares(autograd.det), loses: 8 },
  slogdet: { samples: squares(autograd.slogdet), loses: 4 },
  logdet: { samples: squares(autograd.logdet), loses: 4 },
  eigh: {
    samples: squares(
      symmetrically((x) => {
        const [values, vectors] = autograd.eigh(x);
        const rebuilt = matmul(
          mul(vectors, autograd.unsqueeze(autograd.exp(mul(values, 0.2)), -2)),
          transpose(vectors),
        );
        return [values, rebuilt];
      }),
    ),
    loses: 8,
  },
  eigvalsh: {
    samples: squares(
      symmetrically((x) => autograd.eigvalsh(x, { upper: true })),
      [3, 3],
    ),
    loses: 4,
  },
  inv: { samples: squares(autograd.inv), loses: 4 },
  invEx: { samples: squares((x) => autograd.invEx(x)[0], [2, 2]), loses: 4 },
  lu: {
    samples: wideAndTall.map((shape) => given(`[${shape}]`, (x) => autograd.lu(x).slice(1), regular(shape))),
    loses: 8,
  },
  luFactor: { samples: squares((x) => autograd.luFactor(x)[0], [3, 3], [2, 3], [3, 2]), loses: 8 },
  luFactorEx: { samples: squares((x) => autograd.luFactorEx(x)[0], [2, 2]), loses: 8 },
  luSolve: {
    samples: [
      [{}, [3, 2]],
      [{ adjoint: true }, [3, 2]],
      [{ left: false }, [2, 3]],
      [{ left: false, adjoint: true }, [2, 3]],
    ].map(([options, shape]) =>
      given(
        JSON.stringify(options),
        (x, b) => {
          const [factors, pivots] = autograd.luFactor(x);
          return autograd.luSolve(factors, pivots, b, options as { left?: boolean; adjoint?: boolean });
        },
        regular([2, 3, 3]),
        numbers(shape as number[]),
      ),
    ),
    loses: 8,
  },
  luUnpack: {
    samples: wideAndTall.map((shape) => {
      const [factors, pivots] = autograd.luFactorEx(regular(shape));
      return given(`[${shape}]`, (x) => autograd.luUnpack(x, pivots).slice(1), factors);
    }),
    drops: true,
  },
  matrixExp: { samples: squares((x) => autograd.matrixExp(mul(x, 0.3))), loses: 8 },
  matrixNorm: {
    samples: (["fro", "nuc", 2, -2, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const).map(
      (ord) =>
        given(
          `${ord}`,
          (x) => autograd.matrixNorm(x, { ord, axis: [2, 0], keepDims: ord === 2 }),
          numbers([2, 1, 3]),
        ),
    ),
    drops: true,
    loses: 4,
  },
  linalgNorm: {
    samples: [
      ...shaped((x) => autograd.linalgNorm(x, { keepDims: true }), [[2, 1, 3]], [[]]),
      ...shaped((x) => autograd.linalgNorm(x, { ord: 3 }), [[3]]),
      ...shaped((x) => autograd.linalgNorm(x, { ord: "nuc" }), [[2, 3]]),
      ...shaped((x) => autograd.linalgNorm(x, { ord: 2, axis: 1 }), [[2, 3]]),
    ],
    loses: 4,
  },
  matrixPower: {
    samples: [0, 1, 5, -3].flatMap((exponent) =>
      squares((x) => autograd.matrixPower(mul(x, 0.5), exponent), [2, 2]),
    ),
    loses: 16,
  },
  pinv: {
    samples: [
      ...squares((x) => autograd.pinv(x), [3, 3], [2, 3], [3, 2], [2, 2, 1], [0, 2]),
      ...shaped(
        (a, b) => autograd.pinv(matmul(a, b)),
        [
          [3, 1],
          [1, 3],
        ],
      ),
    ],
    loses: 16,
  },
  qr: {
    samples: wideAndTall.map((shape) => given(`[${shape}]`, (x) => autograd.qr(x), regular(shape))),
    loses: 8,
  },
  solve: {
    samples: [
      given("matrices", (a, b) => autograd.solve(a, b), regular([2, 3, 3]), numbers([3, 2])),
      given(
        "from the right",
        (a, b) => autograd.solve(a, b, { left: false }),
        regular([2, 2]),
        numbers([3, 2]),
      ),
      given("a vector", (a, b) => autograd.solve(a, b), regular([3, 3]), numbers([3])),
      given("nothing", (a, b) => autograd.solve(a, b), regular([0, 0]), numbers([0, 2])),
    ],
    loses: 8,
  },
  solveEx: {
    samples: [given("", (a, b) => autograd.solveEx(a, b)[0], regular([2, 2]), numbers([2, 2]))],
    loses: 8,
  },
  solveTriangular: {
    samples: [
      given("lower", (a, b) => autograd.solveTriangular(a, b), regular([3, 3]), numbers([2, 3, 2])),
      given(
        "upper",
        (a, b) => autograd.solveTriangular(a, b, { upper: true }),
        regular([2, 2, 2]),
        numbers([2, 1]),
      ),
      given(
        "from the right",
        (a, b) => autograd.solveTriangular(a, b, { left: false, upper: true }),
        regular([2, 2]),
        numbers([3, 2]),
      ),
      given(
        "unitriangular",
        (a, b) => autograd.solveTriangular(a, b, { unitriangular: true }),
        regular([3, 3]),
        numbers([3, 2]),
      ),
    ],
    drops: true,
    loses: 8,
  },
  svd: {
    samples: wideAndTall.map((shape) =>
      given(
        `[${shape}]`,
        (x) => {
          const [u, s, vh] = autograd.svd(x);
          return [
            s,
            matmul(u, vh),
            matmul(mul(u, autograd.unsqueeze(s, -2)), matmul(vh, mul(transpose(vh), 0.5))),
          ];
        },
        regular(shape),
      ),
    ),
    loses: 16,
  },
  svdvals: { samples: squares((x) => autograd.svdvals(x), [3, 3], [2, 3], [3, 2], [0, 2]), loses: 8 },
  tensorinv: {
    samples: [
      given("", (x) => autograd.tensorinv(autograd.reshape(x, [2, 2, 4]), { ind: 2 }), regular([4, 4])),
    ],
    loses: 8,
  },
  tensorsolve: {
    samples: [
      given(
        "",
        (a, b) => autograd.tensorsolve(autograd.reshape(a, [2, 2, 4]), b, { axes: [] }),
        regular([4, 4]),
        numbers([2, 2]),
      ),
    ],
    loses: 8,
  },
};
