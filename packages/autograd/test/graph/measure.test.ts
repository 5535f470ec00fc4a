import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  cholesky,
  conv2d,
  defineOp,
  det,
  exp,
  eye,
  grad,
  inv,
  matmul,
  measureGraph,
  mul,
  ones,
  parameter,
  qr,
  reshape,
  sin,
  solve,
  solveTriangular,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  vmap,
  withScope,
  zeros,
} from "../../src/index.ts";

const nothing = { nodes: 0, bytes: 0, keptBytes: 0, flops: 0 };

describe("measureGraph", () => {
  it("finds nothing behind a constant", () => {
    expect(measureGraph(tensor([1]))).toEqual({ ...nothing, scopes: new Map() });
  });

  it("counts outputs, what the rules read, and operations", () => {
    const x = parameter([1, 2, 3], { dtype: "f64" });
    // The rule of exp reads its output, that of sum nothing.
    expect(measureGraph(sum(exp(x)))).toEqual({
      nodes: 3,
      bytes: 24 + 24 + 8,
      keptBytes: 24,
      flops: 3 + 3,
      scopes: new Map(),
    });
  });

  it("counts an array once that several rules read, and all of it where a view is kept", () => {
    const x = parameter([1, 2, 3, 4]);
    const y = sin(x);
    expect(measureGraph(add(mul(y, y), y)).keptBytes).toBe(16 + 16);
    const constant = transpose(tensor([[1, 2, 3, 4]]));
    expect(measureGraph(mul(x, constant)).keptBytes).toBe(16);
  });

  it("counts 2mkn for products, whichever operand is known, and for each of a batch", () => {
    const [m, k, n] = [3, 5, 7];
    const [a, b] = [parameter(zeros([m, k])), parameter(zeros([k, n]))];
    for (const product of [matmul(a, b), matmul(a, b.detach()), matmul(a.detach(), b)])
      expect(measureGraph(product).flops).toBe(2 * m * k * n);
    const batch = parameter(zeros([4, m, k]));
    expect(measureGraph(matmul(batch, b)).flops).toBe(4 * 2 * m * k * n);
  });

  it("counts nothing for moving numbers", () => {
    const x = parameter(zeros([2, 3]));
    expect(measureGraph(transpose(reshape(x, [3, 2]))).flops).toBe(0);
  });

  it("tells what is in each scope, with the scopes inside", () => {
    const x = parameter(zeros([2]));
    const y = withScope("a", () => withScope("b.c", () => tanh(mul(x, 2))));
    const loss = withScope("a", () => sum(y));
    const { scopes, ...total } = measureGraph(loss);
    expect(total).toMatchObject({ nodes: 4, flops: 6 });
    const flops = [...scopes].map(([path, { nodes, flops }]) => [path, nodes, flops]);
    expect(flops).toEqual([
      ["a", 3, 6],
      ["a.b", 2, 4],
      ["a.b.c", 2, 4],
    ]);
  });
});

describe("what operations take", () => {
  const square = parameter(eye(6, "f64"));
  const tall = parameter(ones([6, 2], "f64"));
  const flopsOf = (output: Tensor): number => measureGraph(output).flops;

  it("is the textbook's count for factorizations", () => {
    expect(flopsOf(cholesky(square))).toBe(6 ** 3 / 3);
    expect(flopsOf(det(square))).toBe((2 / 3) * 6 ** 3);
    expect(flopsOf(inv(square))).toBe(2 * 6 ** 3);
    expect(flopsOf(solve(square, ones([6, 2], "f64")))).toBe((2 / 3) * 6 ** 3 + 2 * 6 * 6 * 2);
    expect(flopsOf(solveTriangular(square, ones([6, 2], "f64")))).toBe(6 * 6 * 2);
    // Householder: 2 (mn² - n³/3) for the triangle, as much for the orthogonal factor.
    expect(flopsOf(qr(tall)[1])).toBe(Math.round(4 * (6 * 4 - 8 / 3)));
  });

  it("is that of their products for convolutions", () => {
    const [image, kernel] = [parameter(ones([2, 3, 8, 8])), ones([4, 3, 5, 5])];
    const { flops } = measureGraph(conv2d(image, kernel));
    expect(flops).toBe(2 * (2 * 4 * 4 * 4) * (3 * 5 * 5));
  });

  it("is what an op of one's own says, or one an element", () => {
    const plain = defineOp({
      name: "copy",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().slice(),
      vjp: [(g) => g],
    });
    const counted = defineOp({ ...plain, flops: ([x], _, [y]) => 7 * (x?.shape[0] ?? 0) + y.shape[1] });
    expect(flopsOf(apply(plain, [tall], undefined))).toBe(12);
    expect(flopsOf(apply(counted, [tall], undefined))).toBe(7 * 6 + 2);
  });
});

it("measures what is recorded for one example inside vmap", () => {
  let measure = measureGraph(tensor([1]));
  const slope = grad((x: Tensor) => {
    const y = sum(exp(x));
    measure = measureGraph(y);
    return y;
  });
  vmap(slope)(ones([4, 3], "f64"));
  // One example takes 3 + 3 operations; kept is the array that holds all four.
  expect(measure).toMatchObject({ nodes: 3, bytes: 24 + 24 + 8, keptBytes: 96, flops: 6 });
});
