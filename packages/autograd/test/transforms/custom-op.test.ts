import { describe, expect, it } from "vitest";
import {
  customOp,
  exp,
  grad,
  graphNodes,
  hessian,
  jvp,
  mul,
  parameter,
  sign,
  sum,
  type Tensor,
  vmap,
} from "../../src/index.ts";
import { f64 } from "./samples.ts";

describe("customOp", () => {
  const straightThrough = customOp({
    name: "hardSign",
    forward: (x) => sign(x),
    vjp: (cotangent) => [cotangent],
  });
  const product = customOp({
    name: "product",
    forward: (a, b) => mul(a, b),
    vjp: (g, [a, b]) => [mul(g, b), mul(g, a)],
  });

  it("has the value of one formula and the gradient of another", () => {
    const x = f64([-0.5, 2]);
    expect(straightThrough(x).toArray()).toEqual([-1, 1]);
    expect(grad((v: Tensor) => sum(straightThrough(v)))(x).toArray()).toEqual([1, 1]);
    expect(graphNodes(straightThrough(parameter(x))).map(({ op }) => op?.name ?? "leaf")).toEqual([
      "leaf",
      "hardSign",
    ]);
  });

  it("has derivatives of higher order where its rule is differentiable", () => {
    expect(hessian((x: Tensor) => sum(product(x, product(x, x))))(f64([1, 2])).toArray()).toEqual([
      [6, 0],
      [0, 12],
    ]);
    const ownExp = customOp({ name: "ownExp", forward: (x) => exp(x), vjp: (g, _, y) => [mul(g, y)] });
    const third = grad(grad(grad((x: Tensor) => ownExp(x))))(f64(0.5));
    expect(third.item()).toBeCloseTo(Math.exp(0.5), 14);
  });

  it("works under vmap, inside and outside of grad, with inputs that are the same for all", () => {
    const [xs, w] = [
      f64([
        [1, 2],
        [3, 4],
      ]),
      f64([5, 6]),
    ];
    const loss = (v: Tensor, x: Tensor): Tensor => sum(product(v, x));
    expect(vmap(grad(loss), { inAxes: [null, 0] })(w, xs).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(grad((v: Tensor) => sum(vmap(loss, { inAxes: [null, 0] })(v, xs)))(w).toArray()).toEqual([4, 6]);
    expect(vmap(hessian((x: Tensor) => sum(product(x, x))))(xs).toArray()).toEqual([
      [
        [2, 0],
        [0, 2],
      ],
      [
        [2, 0],
        [0, 2],
      ],
    ]);
  });

  it("has a forward mode, from its rule", () => {
    const [value, tangent] = jvp(product, [f64([2]), f64([3])], [f64([1]), f64([10])]);
    expect([value.item(), tangent.item()]).toEqual([6, 23]);
    expect(jvp(product, [f64([2]), f64([3])], [f64([1]), null])[1].item()).toBe(3);
  });

  it("takes null for zero, and refuses what is no tensor", () => {
    const first = customOp({ name: "first", forward: (a) => mul(a, 1), vjp: (g) => [g, null] });
    expect(grad((b: Tensor) => sum(first(f64([1]), b)))(f64([2])).item()).toBe(0);
    const wrong = customOp({ name: "wrong", forward: () => 3 as never, vjp: (g) => [g] });
    expect(() => wrong(f64([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: wrong: expected a forward function that returns a tensor, got 3]`,
    );
  });
});
