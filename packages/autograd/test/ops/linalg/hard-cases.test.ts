import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  checkGradients,
  cholesky,
  choleskySolve,
  cond,
  describeReport,
  det,
  eigh,
  eigvalsh,
  eye,
  fromData,
  Generator,
  gradients,
  linalgNorm,
  lu,
  luFactor,
  luSolve,
  matmul,
  matrixExp,
  matrixNorm,
  matrixPower,
  matrixRank,
  mul,
  parameter,
  pinv,
  qr,
  randn,
  slogdet,
  solve,
  solveTriangular,
  sub,
  sum,
  svd,
  svdvals,
  type Tensor,
  tensor,
  transpose,
  tril,
  zeros,
} from "../../../src/index.ts";
import { f64, samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/linalg/hard-cases");

const close = (x: Tensor, expected: Tensor, digits = 12): void => {
  expect(x.shape).toEqual(expected.shape);
  x.values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.values()[k], digits);
  });
};
const gradientOf = (f: (x: Tensor) => Tensor, x: Tensor): Tensor => gradients(sum(f(x)), [x])[0];

describe("det", () => {
  it("has the derivatives of a polynomial where all elements are zero", () => {
    const x = parameter(zeros([2, 2], "f64"));
    const [first] = gradients(det(x), [x], { createGraph: true });
    expect(first.toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    // d²(ad - bc): each element's partner on the other side.
    const weights = f64([
      [1, 2],
      [3, 4],
    ]);
    close(
      gradients(sum(mul(first, weights)), [x])[0],
      f64([
        [4, -3],
        [-2, 1],
      ]),
    );
  });

  it("has derivatives of third order, where the matrix is regular", () => {
    const third = (x: Tensor): Tensor => {
      const [first] = gradients(det(x), [x], { createGraph: true });
      const [second] = gradients(
        sum(
          mul(
            first,
            f64([
              [1, 2, 0],
              [0, 1, 3],
              [2, 0, 1],
            ]),
          ),
        ),
        [x],
        { createGraph: true },
      );
      return sum(
        mul(
          second,
          f64([
            [0, 1, 1],
            [2, 0, 1],
            [1, 1, 3],
          ]),
        ),
      );
    };
    const at = (x: Tensor): Tensor => gradients(third(x), [x])[0];
    const x = f64([
      [2, 1, 0],
      [1, 3, 1],
      [0, 1, 4],
    ]);
    // The third derivative of a cubic does not depend on where it is taken.
    const found = at(parameter(x));
    expect(found.values().some((value) => Math.abs(value) > 1)).toBe(true);
    close(at(parameter(add(x, mul(eye(3, "f64"), 5)))), found);
  });

  it("neither overflows nor vanishes as a logarithm", () => {
    const [sign, logarithm] = slogdet(mul(eye(50, "f64"), -1e-200));
    expect(sign.item()).toBe(1);
    expect(logarithm.item()).toBeCloseTo(50 * Math.log(1e-200), 8);
    expect(det(mul(eye(50, "f64"), 1e-200)).item()).toBe(0);
  });

  it("is 1 of nothing", () => {
    expect(det(zeros([2, 0, 0])).toArray()).toEqual([1, 1]);
  });
});

describe("triangles", () => {
  const x = numbers([3, 3]);
  const noisy = (of: Tensor): Tensor => add(of, sub(x, tril(x)));

  it("are all that is read", () => {
    const definite = add(matmul(x, transpose(x)), eye(3, "f64"));
    close(cholesky(noisy(definite)), cholesky(definite));
    const lower = add(tril(x), mul(eye(3, "f64"), 3));
    const b = numbers([3, 2]);
    close(solveTriangular(noisy(lower), b), solveTriangular(lower, b));
    close(choleskySolve(b, noisy(lower)), choleskySolve(b, lower));
    close(eigvalsh(noisy(definite)), eigvalsh(definite));
    close(pinv(noisy(definite), { hermitian: true }), pinv(definite));
  });

  it("are all that has a gradient of a solution", () => {
    const t = parameter(add(x, mul(eye(3, "f64"), 3)));
    const strict = gradientOf((y) => solveTriangular(y, f64([[1], [2], [3]]), { unitriangular: true }), t);
    const zerosAt = [0, 1, 2, 4, 5, 8];
    expect(zerosAt.map((k) => strict.values()[k])).toEqual(zerosAt.map(() => 0));
    expect(strict.values()[3]).not.toBe(0);
  });

  it("give the symmetric gradient of a Cholesky factor", () => {
    const a = parameter(add(matmul(x, transpose(x)), eye(3, "f64")));
    const found = gradientOf((y) => mul(cholesky(y), numbers([3, 3])), a);
    close(found, transpose(found));
  });
});

describe("pinv", () => {
  const graded = fromData(Float64Array.of(1, 0, 0, 1e-3), [2, 2]);

  it("counts singular values up to a tolerance as zero", () => {
    close(
      pinv(graded),
      f64([
        [1, 0],
        [0, 1e3],
      ]),
      9,
    );
    close(
      pinv(graded, { rtol: 1e-2 }),
      f64([
        [1, 0],
        [0, 0],
      ]),
    );
    close(
      pinv(graded, { atol: 1e-2 }),
      f64([
        [1, 0],
        [0, 0],
      ]),
    );
    close(
      pinv(graded, { atol: f64([1e-2, 1e-4]) }),
      f64([
        [
          [1, 0],
          [0, 0],
        ],
        [
          [1, 0],
          [0, 1e3],
        ],
      ]),
      9,
    );
  });

  it("has no relative tolerance beside an absolute one", () => {
    const tiny = fromData(Float64Array.of(1, 0, 0, 1e-18), [2, 2]);
    expect(pinv(tiny).values()[3]).toBe(0);
    expect(pinv(tiny, { atol: 1e-20 }).values()[3]).toBeCloseTo(1e18, -5);
  });

  it("solves least squares and inverts what has full rank", () => {
    const [a, b] = [numbers([5, 2]), numbers([5, 1])];
    const residual = sub(matmul(a, matmul(pinv(a), b)), b);
    close(matmul(transpose(a), residual), zeros([2, 1], "f64"));
    const x = f64([
      [2, 1],
      [1, 3],
    ]);
    close(pinv(x), solve(x, eye(2, "f64")));
  });
});

describe("matrixRank", () => {
  it("counts what is above the tolerance", () => {
    const product = matmul(numbers([2, 4, 2]), numbers([2, 2, 5]));
    expect(matrixRank(product).toArray()).toEqual([2, 2]);
    expect(
      matrixRank(
        f64([
          [1, 0],
          [0, 1e-3],
        ]),
        { atol: 0.1 },
      ).item(),
    ).toBe(1);
    expect(
      matrixRank(
        f64([
          [0, 1],
          [1, 0],
        ]),
        { hermitian: true },
      ).item(),
    ).toBe(2);
    expect(matrixRank(zeros([3, 0, 2])).toArray()).toEqual([0, 0, 0]);
    expect(matrixRank(parameter(eye(2))).requiresGrad).toBe(false);
  });
});

describe("norms", () => {
  const x = f64([
    [3, -4],
    [0, 0],
  ]);

  it("have PyTorch's derivatives where they have none", () => {
    for (const ord of ["fro", 1, Number.POSITIVE_INFINITY] as const)
      expect(gradientOf((y) => matrixNorm(y, { ord }), parameter(zeros([2, 2], "f64"))).values()).toEqual(
        new Float64Array(4),
      );
    // Two columns of equal sums share the gradient.
    const tied = parameter(
      f64([
        [1, -1],
        [0, 0],
      ]),
    );
    expect(gradientOf((y) => matrixNorm(y, { ord: 1 }), tied).toArray()).toEqual([
      [0.5, -0.5],
      [0, 0],
    ]);
  });

  it("are of vectors or of matrices, by how many axes there are", () => {
    expect(linalgNorm(x).item()).toBe(5);
    expect(linalgNorm(x, { ord: 1 }).item()).toBe(4);
    expect(linalgNorm(x, { ord: 1, axis: 1 }).toArray()).toEqual([7, 0]);
    expect(linalgNorm(x, { ord: Number.POSITIVE_INFINITY, keepDims: true }).toArray()).toEqual([[7]]);
    expect(linalgNorm(x, { ord: "nuc" }).item()).toBeCloseTo(5, 14);
  });

  it("are zero of nothing, where nothing need be largest", () => {
    expect(matrixNorm(zeros([2, 0, 3]), { ord: "nuc" }).toArray()).toEqual([0, 0]);
    expect(cond(zeros([2, 0, 0])).toArray()).toEqual([0, 0]);
    expect(() => matrixNorm(zeros([0, 0]), { ord: 2 })).toThrow();
  });
});

describe("factors", () => {
  it("multiply to the matrix, of any shape", () => {
    for (const shape of [
      [3, 3],
      [2, 4, 2],
      [2, 5],
      [0, 3],
      [3, 0],
      [1, 1],
    ]) {
      const x = numbers(shape);
      const [p, l, u] = lu(x);
      close(matmul(p, matmul(l, u)), x);
      const [q, r] = qr(x);
      close(matmul(q, r), x);
      const [left, values, right] = svd(x);
      close(matmul(mul(left, asRow(values)), right), x);
    }
    const [q, r] = qr(numbers([4, 2]), { complete: true });
    expect([q.shape, r.shape]).toEqual([
      [4, 4],
      [4, 2],
    ]);
    close(matmul(transpose(q), q), eye(4, "f64"));
  });

  it("solve, from either side, broadcast, with the transpose", () => {
    const a = add(numbers([2, 3, 3]), mul(eye(3, "f64"), 4));
    const b = numbers([3, 2]);
    const [factors, pivots] = luFactor(a);
    close(matmul(a, luSolve(factors, pivots, b)), stretch(b));
    close(matmul(transpose(a), luSolve(factors, pivots, b, { adjoint: true })), stretch(b));
    close(matmul(luSolve(factors, pivots, transpose(b), { left: false }), a), stretch(transpose(b)));
  });

  it("solve for a row, too", () => {
    const a = f64([
      [2, 1],
      [0, 4],
    ]);
    const b = f64([1, 2]);
    close(matmul(solve(a, b, { left: false }), a), b);
    close(matmul(a, solve(a, b)), b);
  });

  it("of symmetric matrices are orthogonal, ascending, and rebuild powers", () => {
    const x = numbers([3, 3]);
    const a = add(x, transpose(x));
    const [values, vectors] = eigh(a);
    close(
      matmul(mul(vectors, asRow(mul(mul(values, values), values))), transpose(vectors)),
      matrixPower(a, 3),
      11,
    );
  });
});

const asRow = (x: Tensor): Tensor =>
  fromData(x.values().slice(), [...x.shape.slice(0, -1), 1, x.shape[x.rank - 1]]);
const stretch = (x: Tensor): Tensor => add(x, zeros([2, 1, 1], "f64"));

describe("single precision", () => {
  it("is computed in double, and only rounded", () => {
    const x = randn(new Generator(3), [6, 6]);
    const exact = tensor(x.values(), { dtype: "f64", shape: [6, 6] });
    for (const f of [det, svdvals, matrixExp, (y: Tensor) => solve(y, y)] as const) {
      const [single, double] = [f(x), f(exact)];
      expect(single.dtype).toBe("f32");
      expect([...single.values()]).toEqual([...double.values()].map(Math.fround));
    }
  });

  it("holds whole numbers, too", () => {
    const x = tensor(Int32Array.of(2, 1, 1, 1), { shape: [2, 2] });
    expect(det(x).dtype).toBe("f32");
    expect(det(x).item()).toBe(1);
  });
});

describe("matrixPower", () => {
  it("of order 0 is the identity, with a gradient of zero", () => {
    const x = parameter(numbers([2, 2]));
    const result = matrixPower(x, 0);
    close(result, eye(2, "f64"));
    expect(result.requiresGrad).toBe(false);
  });

  it("multiplies by squaring", () => {
    const x = f64([
      [1, 1],
      [0, 1],
    ]);
    expect(matrixPower(x, 1000).toArray()).toEqual([
      [1, 1000],
      [0, 1],
    ]);
    close(
      matrixPower(x, -7),
      f64([
        [1, -7],
        [0, 1],
      ]),
    );
  });
});

it("differentiates through a singular value that is there twice, where the function does not depend on its vectors", () => {
  const x = parameter(mul(eye(3, "f64"), 2));
  backward(sum(svdvals(x)));
  expect(x.grad?.toArray()).toEqual(eye(3, "f64").toArray());
});

it("has exact gradients of a function of several of these", () => {
  const f = (x: Tensor): Tensor => {
    const definite = add(matmul(x, transpose(x)), eye(3, "f64"));
    return sum(mul(solve(definite, matrixExp(mul(x, 0.1))), cholesky(definite)));
  };
  const report = checkGradients((x: Tensor) => f(x), numbers([3, 3]));
  expect(report.ok, describeReport(report)).toBe(true);
});
