import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  backward,
  concat,
  cumsum,
  defineOp,
  detectAnomaly,
  enableGrad,
  Generator,
  grad,
  gradients,
  gt,
  matmul,
  max,
  mul,
  noGrad,
  type Op,
  parameter,
  randn,
  select,
  square,
  stack,
  sum,
  type Tensor,
  tanh,
  tensor,
  vmap,
  where,
} from "../../src/index.ts";
import { f64, largestDifference } from "./samples.ts";

const examples = f64([
  [1, 2],
  [3, 4],
  [5, 6],
]);

describe("vmap", () => {
  it("maps trees, along axes of one's choice, and gives trees", () => {
    const f = ({ a, b: [b] }: { a: Tensor; b: Tensor[] }, scale: number) => ({
      sum: add(a, b),
      scaled: mul(a, scale),
    });
    const a = f64([[1, 2, 3]]);
    const b = [f64([10, 20, 30])];
    const result = vmap(f, { inAxes: [{ a: 1, b: 0 }, null], outAxes: { sum: 0, scaled: 1 } })({ a, b }, 2);
    expect(result.sum.toArray()).toEqual([[11], [22], [33]]);
    expect(result.scaled.toArray()).toEqual([[2, 4, 6]]);
    expect(vmap((x: Tensor) => x, { inAxes: -1, outAxes: -1 })(a)).toEqual(a);
  });

  it("repeats what does not depend on the example", () => {
    expect(vmap((_: Tensor) => f64([7, 8]))(examples).toArray()).toEqual([
      [7, 8],
      [7, 8],
      [7, 8],
    ]);
  });

  it("takes no examples, and one", () => {
    const f = (x: Tensor): Tensor => sum(square(x));
    expect(vmap(f)(tensor(new Float64Array(0), { shape: [0, 2] })).shape).toEqual([0]);
    expect(vmap(f)(f64([[1, 2]])).toArray()).toEqual([5]);
  });

  it("maps whole numbers and truth values", () => {
    const picked = vmap((x: Tensor, k: Tensor) => where(gt(k, 1), x, mul(x, -1)))(
      examples,
      tensor([0, 1, 2], { dtype: "i32" }),
    );
    expect(picked.toArray()).toEqual([
      [-1, -2],
      [-3, -4],
      [5, 6],
    ]);
  });

  it("gives per-sample gradients, those of a loop", () => {
    const weights = {
      w: f64([
        [1, -1],
        [0.5, 2],
      ]),
      b: f64([0.1, -0.2]),
    };
    const loss = (p: typeof weights, x: Tensor, y: Tensor): Tensor =>
      sum(square(add(add(tanh(matmul(p.w, x)), p.b), mul(y, -1))));
    const targets = f64([
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const together = vmap(grad(loss), { inAxes: [null, 0, 0] })(weights, examples, targets);
    const loop = [0, 1, 2].map((k) => grad(loss)(weights, select(examples, 0, k), select(targets, 0, k)));
    expect(largestDifference(together.w, stack(loop.map(({ w }) => w)))).toBeLessThan(1e-15);
    expect(largestDifference(together.b, stack(loop.map(({ b }) => b)))).toBeLessThan(1e-15);
    expect(together.w.requiresGrad).toBe(false);
  });

  it("lets gradients flow through it to parameters, given or not", () => {
    const w = parameter([2, 3], { dtype: "f64" });
    backward(sum(vmap((x: Tensor) => mul(square(w), x))(examples)));
    expect(w.grad?.toArray()).toEqual([36, 72]);
    const [also] = gradients(
      sum(vmap((x: Tensor, v: Tensor) => mul(square(v), x), { inAxes: [0, null] })(examples, w)),
      [w],
    );
    expect(also.toArray()).toEqual([36, 72]);
  });

  it("applies an op without a rule of its own to one example after the other", () => {
    let calls = 0;
    const reverse: Op<void> = defineOp({
      name: "reverse",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => {
        calls++;
        return x.values().slice().reverse();
      },
      vjp: [(g) => apply(reverse, [g], undefined)],
    });
    const f = (x: Tensor): Tensor => apply(reverse, [x], undefined);
    expect(vmap(f)(examples).toArray()).toEqual([
      [2, 1],
      [4, 3],
      [6, 5],
    ]);
    expect(calls).toBe(3);
    const weighted = vmap(grad((x: Tensor) => sum(mul(f(x), f64([1, 10])))))(examples);
    expect(weighted.toArray()).toEqual([
      [10, 1],
      [10, 1],
      [10, 1],
    ]);
  });

  it("nests", () => {
    const outer = vmap(
      vmap((a: Tensor, b: Tensor) => mul(a, b), { inAxes: [null, 0] }),
      { inAxes: [0, null] },
    );
    expect(outer(f64([1, 2]), f64([10, 20, 30])).toArray()).toEqual([
      [10, 20, 30],
      [20, 40, 60],
    ]);
    const scans = vmap(vmap((row: Tensor) => concat([cumsum(row, 0), max(row, { keepDims: true })])))(
      f64([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    );
    expect(scans.toArray()).toEqual([
      [
        [1, 3, 2],
        [3, 7, 4],
      ],
    ]);
  });

  it("draws the same for all examples", () => {
    const generator = new Generator(5);
    const drawn = vmap((x: Tensor) => add(mul(x, 0), randn(generator, [2], "f64")))(
      examples,
    ).toArray() as number[][];
    expect(drawn[1]).toEqual(drawn[0]);
  });

  it("obeys noGrad inside, and enableGrad", () => {
    const half = (x: Tensor): Tensor =>
      add(
        noGrad(() => mul(x, 10)),
        mul(x, 2),
      );
    expect(grad((x: Tensor) => sum(vmap(half)(x)))(examples).toArray()).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    const both = (x: Tensor): Tensor => noGrad(() => enableGrad(() => mul(x, 10)));
    expect(grad((x: Tensor) => sum(vmap(both)(x)))(examples).toArray()).toEqual([
      [10, 10],
      [10, 10],
      [10, 10],
    ]);
  });

  it("prints what it stands for", () => {
    let text = "";
    vmap((x: Tensor) => {
      text = String(x);
      return x;
    })(f64([1, 2]));
    expect(text).toBe("one of 2 examples: tensor([1, 2], f64)");
  });

  it("names the culprit in anomaly mode", () => {
    expect(() =>
      detectAnomaly(() => vmap((x: Tensor) => mul(x, Number.POSITIVE_INFINITY))(f64([1, 0]))),
    ).toThrow(/mul: the result is/);
  });
});

describe("vmap refuses", () => {
  it("different numbers of examples, no examples at all, and an axis that is not there", () => {
    const f = (a: Tensor, _b: Tensor): Tensor => a;
    expect(() => vmap(f)(examples, f64([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: vmap: expected the same number of examples along axes 0, 0, got [3, 2] and [1]]`,
    );
    expect(() => vmap(f, { inAxes: null })(examples, examples)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: vmap: expected an argument that holds examples along an axis, got 2]`,
    );
    expect(() => vmap(f, { inAxes: [0, 2] })(examples, examples)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: vmap: expected an axis of a tensor of rank 2, got 2]`,
    );
    expect(() =>
      vmap(f, { inAxes: [0, "x" as never] })(examples, examples),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: vmap: expected an axis, or null, for the tensor at "", got "x"]`,
    );
  });

  it("numbers of one example, an example that is kept, and backward inside", () => {
    expect(() => vmap((x: Tensor) => tensor(x.item()))(f64([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: vmap: the numbers of a tensor that stands for many examples cannot be read; compute with operations, choose with where]`,
    );
    let kept = examples;
    vmap((x: Tensor) => {
      kept = x;
      return x;
    })(examples);
    expect(() => vmap((x: Tensor) => add(x, kept))(examples)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: vmap: a tensor that stands for one example was used after its vmap ended]`,
    );
    expect(() => add(kept, 1)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: vmap: the numbers of a tensor that stands for many examples cannot be read; compute with operations, choose with where]`,
    );
    const w = parameter([1, 1], { dtype: "f64" });
    expect(() =>
      vmap((x: Tensor) => {
        backward(sum(mul(x, w)));
        return x;
      })(examples),
    ).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: backward: inside vmap there is no one gradient to add: call grad there, or backward on what vmap returns]`,
    );
  });
});
