import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  cos,
  exp,
  grad,
  jacobian,
  jvp,
  linearize,
  matmul,
  mul,
  noGrad,
  parameter,
  sin,
  stopGradient,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../../src/index.ts";
import { f64 } from "./samples.ts";

describe("jvp", () => {
  it("pushes tangents through trees", () => {
    const f = (p: { a: { x: Tensor }; b: Tensor }, k: number) => ({
      sum: add(p.a.x, mul(p.b, k)),
      pair: [mul(p.a.x, p.b)],
    });
    const primal = { a: { x: f64([1, 2]) }, b: f64([3, 4]) };
    const tangent = { a: { x: f64([1, 0]) }, b: f64([0, 1]) };
    const [value, moved] = jvp(f, [primal, 10], [tangent, null]);
    expect([value.sum.toArray(), value.pair[0].toArray()]).toEqual([
      [31, 42],
      [3, 8],
    ]);
    expect([moved.sum.toArray(), moved.pair[0].toArray()]).toEqual([
      [1, 10],
      [3, 2],
    ]);
  });

  it("takes null, at any depth, for zero", () => {
    const f = (p: { a: Tensor; b: Tensor }): Tensor => mul(p.a, p.b);
    expect(jvp(f, [{ a: f64(2), b: f64(3) }], [{ a: f64(1), b: null }])[1].item()).toBe(3);
    expect(jvp(f, [{ a: f64(2), b: f64(3) }], [null])[1].item()).toBe(0);
  });

  it("stops where reverse mode stops", () => {
    const f = (x: Tensor): Tensor =>
      add(
        add(
          stopGradient(x),
          noGrad(() => mul(x, 5)),
        ),
        mul(x, 2),
      );
    expect(jvp(f, [f64(1)], [f64(1)])[1].item()).toBe(2);
  });

  it("can be differentiated by backward, to what is read from outside", () => {
    const w = parameter([3], { dtype: "f64" });
    const [, tangent] = jvp((x: Tensor) => sum(mul(w, mul(x, x))), [f64([2])], [f64([1])]);
    backward(tangent);
    expect(w.grad?.item()).toBe(4);
    expect(grad((t: Tensor) => jvp((x: Tensor) => sum(exp(x)), [f64([0])], [t])[1])(f64([7])).item()).toBe(1);
  });

  it("needs a whole graph", () => {
    const f = (x: Tensor): Tensor => {
      const y = sum(mul(x, x));
      backward(y);
      return y;
    };
    expect(() => jvp(f, [f64([1])], [f64([1])])).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: backward: the graph of sum was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice]`,
    );
  });
});

describe("linearize", () => {
  it("calls the function once, for many tangents", () => {
    let calls = 0;
    const [value, derivative] = linearize(
      (x: Tensor) => {
        calls++;
        return sin(x);
      },
      f64([0, 1]),
    );
    expect(value.toArray()).toEqual([0, Math.sin(1)]);
    for (const t of [1, -2, 0.5]) expect(derivative(f64([t, t])).toArray()).toEqual([t, t * Math.cos(1)]);
    expect(calls).toBe(1);
  });
});

describe("vjp", () => {
  it("pulls cotangents of a tree back to each argument, as often as one likes", () => {
    const [value, pullback] = vjp(
      (w: Tensor, x: Tensor) => ({ y: matmul(w, x), s: sum(x) }),
      f64([
        [1, 2],
        [3, 4],
      ]),
      f64([5, 6]),
    );
    expect(value.y.toArray()).toEqual([17, 39]);
    const [gw, gx] = pullback({ y: f64([1, 0]), s: f64(10) });
    expect([gw.toArray(), gx.toArray()]).toEqual([
      [
        [5, 6],
        [0, 0],
      ],
      [11, 12],
    ]);
    expect(pullback({ y: null, s: f64(1) })[1].toArray()).toEqual([1, 1]);
    expect(pullback(null)[0].toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("shares what is shared", () => {
    const x = f64([2]);
    const [{ first, second }, pullback] = vjp(
      (p: { a: Tensor; b: Tensor }) => ({ first: mul(p.a, p.b), second: p.a }),
      { a: x, b: x },
    );
    expect([first.item(), second.item()]).toEqual([4, 2]);
    expect(pullback({ first: f64([1]), second: f64([1]) })[0].a.item()).toBe(5);
  });

  it("refuses cotangents that do not fit", () => {
    const [, pullback] = vjp((x: Tensor) => ({ y: cos(x) }), f64([1, 2]));
    expect(() => pullback({ y: f64([1]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: vjp: expected a cotangent of the output's shape, got [2] and [1]]`,
    );
    expect(() => pullback({ z: f64([1, 2]) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: vjp: expected the structure of what it belongs to, got "a tensor at \\"z\\""]`,
    );
    expect(() => jvp(sin as (x: Tensor) => Tensor, [f64(1)], [])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jvp: expected 1 tangents, one for each argument, got 0]`,
    );
    expect(() => vjp((k: Tensor) => k, tensor([1], { dtype: "i32" }))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: vjp: expected argument 0 to hold tensors of reals, got Tensor]`,
    );
  });
});

describe("jacobian", () => {
  it("has a block for each tensor of the value and of the argument", () => {
    const f = (p: { a: Tensor; b: Tensor }) => ({ u: mul(p.a, p.b), v: [sum(p.a), "text"] as const });
    for (const mode of ["reverse", "forward"] as const) {
      const { u, v } = jacobian(f, { mode })({
        a: f64([1, 2]),
        b: f64([
          [3, 4],
          [5, 6],
        ]),
      });
      expect([u.a.shape, u.b.shape, v[0].a.shape, v[0].b.shape]).toEqual([
        [2, 2, 2],
        [2, 2, 2, 2],
        [2],
        [2, 2],
      ]);
      expect(u.a.toArray()).toEqual([
        [
          [3, 0],
          [0, 4],
        ],
        [
          [5, 0],
          [0, 6],
        ],
      ]);
      expect(v[0].a.toArray()).toEqual([1, 1]);
      expect(v[0].b.toArray()).toEqual([
        [0, 0],
        [0, 0],
      ]);
      expect(v[1]).toBe("text");
    }
  });

  it("takes any shape, empty ones too, and more rows than are computed together", () => {
    const square = jacobian((x: Tensor) => mul(x, x), { mode: "reverse" })(
      tensor(Float64Array.from({ length: 150 }, (_, k) => k)),
    );
    const values = Array.from(square.values());
    expect(values.reduce((total, value) => total + value, 0)).toBe(149 * 150);
    expect([values[0], values[151], values[150 * 150 - 1]]).toEqual([0, 2, 298]);
    expect(jacobian((x: Tensor) => mul(x, 2))(tensor(new Float64Array(0), { shape: [0, 2] })).shape).toEqual([
      0, 2, 0, 2,
    ]);
  });

  it("differentiates by the argument of one's choice", () => {
    const f = (a: Tensor, b: Tensor): Tensor => mul(a, mul(b, b));
    expect(jacobian(f, { argnums: 1 })(f64([1, 2]), f64([3, 4])).toArray()).toEqual([
      [6, 0],
      [0, 16],
    ]);
    expect(() => jacobian(f, { argnums: 2 })(f64([1]), f64([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: jacobian: expected one of 2 arguments, got 2]`,
    );
  });
});
