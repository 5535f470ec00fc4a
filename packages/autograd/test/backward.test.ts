import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  cast,
  detectAnomaly,
  exp,
  expand,
  GraphError,
  gradients,
  graphNodes,
  matmul,
  mul,
  neg,
  parameter,
  permute,
  reshape,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../src/index.ts";

const gradOf = (x: Tensor): unknown => x.grad?.toArray() ?? null;

describe("what flows", () => {
  it("adds over all ways", () => {
    const x = parameter([2]);
    const diamond = mul(add(x, 1), mul(x, 3));
    backward(sum(diamond));
    expect(gradOf(x)).toEqual([15]);
  });

  it("passes a shared part once, however many use it", () => {
    const x = parameter([0.5], { dtype: "f64" });
    let y: Tensor = x;
    // 2^60 ways from the end to the beginning.
    for (let k = 0; k < 60; k++) y = mul(add(y, y), 0.5);
    backward(sum(y));
    expect(gradOf(x)).toEqual([1]);
  });

  it("reaches every leaf, and no constant", () => {
    const [a, b, c] = [parameter([1, 2]), parameter([[3], [4]]), tensor([5, 6])];
    backward(sum(mul(mul(a, b), c)));
    expect([gradOf(a), gradOf(b), gradOf(c)]).toEqual([[35, 42], [[17], [17]], null]);
  });

  it("sums what broadcasting stretched, to the very shape of the leaf", () => {
    for (const shape of [[], [1], [3], [2, 1], [1, 1, 3]]) {
      const x = parameter(expand(tensor(1), shape));
      const y = add(
        x,
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      );
      backward(sum(y));
      expect(x.grad?.shape).toEqual(shape);
      expect(sum(x.grad as Tensor).item()).toBe(6);
    }
  });

  it("keeps the element type of each leaf", () => {
    const [single, double] = [parameter([2]), parameter([3], { dtype: "f64" })];
    backward(sum(mul(mul(single, double), tensor([2], { dtype: "i32" }))));
    expect([single.grad?.dtype, double.grad?.dtype]).toEqual(["f32", "f64"]);
    expect([gradOf(single), gradOf(double)]).toEqual([[6], [4]]);
    const y = cast(single, "f64");
    single.grad = null;
    backward(sum(square(y)));
    expect(single.grad).toMatchObject({ dtype: "f32" });
  });

  it("stops at detach", () => {
    const x = parameter([2]);
    backward(sum(mul(x, square(x).detach())));
    expect(gradOf(x)).toEqual([4]);
  });

  it("goes through views", () => {
    const x = parameter([
      [1, 2],
      [3, 4],
    ]);
    backward(sum(mul(reshape(permute(x, [1, 0]), [4]), tensor([1, 10, 100, 1000]))));
    expect(gradOf(x)).toEqual([
      [1, 100],
      [10, 1000],
    ]);
  });
});

describe("where it begins", () => {
  it("takes a cotangent for a result of any shape", () => {
    const x = parameter([1, 2, 3]);
    backward(square(x), { cotangent: tensor([1, 10, 100]) });
    expect(gradOf(x)).toEqual([2, 40, 600]);
  });

  it("takes one element of any rank, and a leaf itself", () => {
    const x = parameter([[3]]);
    backward(square(x));
    expect(gradOf(x)).toEqual([[6]]);
    const y = parameter(2);
    backward(y);
    expect(gradOf(y)).toBe(1);
  });

  it("casts the cotangent to the type of the result", () => {
    const x = parameter([1], { dtype: "f64" });
    backward(square(x), { cotangent: tensor([0.5]) });
    expect(x.grad).toMatchObject({ dtype: "f64" });
    expect(gradOf(x)).toEqual([1]);
  });

  it("refuses what it cannot begin with", () => {
    const x = parameter([1, 2]);
    expect(() => backward(square(x))).toThrow("expected one element");
    expect(() => backward(square(x), { cotangent: tensor([1]) })).toThrow("cotangent of the output's shape");
    expect(() => backward(tensor(1))).toThrow(GraphError);
  });
});

describe("what stays", () => {
  it("adds to the gradients of earlier sweeps", () => {
    const x = parameter([1]);
    for (let k = 0; k < 3; k++) backward(sum(mul(x, 2)));
    expect(gradOf(x)).toEqual([6]);
    x.grad = null;
    backward(sum(mul(x, 2)));
    expect(gradOf(x)).toEqual([2]);
  });

  it("frees the graph, and says so", () => {
    const x = parameter([1]);
    const y = square(x);
    const loss = sum(y);
    backward(loss);
    expect(() => backward(loss)).toThrow(/was freed by an earlier sweep; pass retainGraph: true/);
    expect(() => backward(y)).toThrow("the graph of square was freed");
    expect(() => backward(sum(mul(y, 2)))).toThrow("was freed");
    expect(gradOf(x)).toEqual([2]);
    expect(graphNodes(y)[0]).toMatchObject({ freed: true, inputs: [] });
  });

  it("keeps the graph with retainGraph, and with createGraph", () => {
    const x = parameter([3]);
    const loss = sum(square(x));
    backward(loss, { retainGraph: true });
    backward(loss, { createGraph: true });
    backward(loss);
    expect(gradOf(x)).toEqual([18]);
    expect(() => backward(loss)).toThrow("freed");
  });

  it("frees only what it went through", () => {
    const x = parameter([3]);
    const y = square(x);
    const [a, b] = [sum(mul(y, 2)), sum(exp(x))];
    backward(a);
    expect(() => backward(b)).not.toThrow();
  });

  it("leaves leaves alone: they serve for ever", () => {
    const x = parameter([1]);
    for (let k = 0; k < 3; k++) backward(sum(square(x)));
    expect(x.node?.freed).toBe(false);
  });

  it("has the graph ready again after a rule failed", () => {
    const x = parameter([0, 1]);
    const loss = sum(mul(exp(x), 2));
    expect(() =>
      detectAnomaly(() => backward(loss, { cotangent: tensor(Number.NaN), retainGraph: true })),
    ).toThrow();
    backward(loss);
    expect(x.grad?.values()[0]).toBe(2);
  });
});

describe("higher order", () => {
  it("differentiates a gradient that was recorded", () => {
    const x = parameter([2], { dtype: "f64" });
    backward(sum(mul(x, square(x))), { createGraph: true });
    const first = x.grad as Tensor;
    expect(first.item()).toBe(12);
    expect(gradients(first, [x])[0].item()).toBe(12);
  });

  it("penalises gradients", () => {
    const [w, x] = [parameter([[1, -2]], { dtype: "f64" }), parameter([[0.3], [0.7]], { dtype: "f64" })];
    const y = sum(tanh(matmul(w, x)));
    const [slope] = gradients(y, [x], { createGraph: true });
    backward(sum(square(slope)));
    // d/dw of |w|² sech⁴(w·x)
    const u = 0.3 - 1.4;
    const s2 = 1 / Math.cosh(u) ** 2;
    const expected = [1, -2].map(
      (own, k) => 2 * own * s2 ** 2 + 5 * 4 * s2 * s2 * -Math.tanh(u) * [0.3, 0.7][k],
    );
    (w.grad as Tensor).values().forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k], 13);
    });
  });
});

describe("depth", () => {
  it("walks a chain of a million nodes without recursion", () => {
    const x = parameter(1, { dtype: "f64" });
    let y: Tensor = x;
    for (let k = 0; k < 500_000; k++) y = neg(sub(y, 1e-6));
    expect(graphNodes(y)).toHaveLength(1_000_001);
    backward(y);
    expect(gradOf(x)).toBe(1);
    expect(() => backward(y)).toThrow("was freed");
  });

  it("differentiates a deep gradient again", () => {
    const x = parameter(0.1, { dtype: "f64" });
    let y: Tensor = x;
    for (let k = 0; k < 3000; k++) y = sin(y);
    const [first] = gradients(y, [x], { createGraph: true });
    const [second] = gradients(first, [x]);
    expect(Number.isFinite(second.item())).toBe(true);
    expect(second.item()).toBeLessThan(0);
  });
});
