import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  cos,
  enableGrad,
  exp,
  grad,
  gradients,
  jvp,
  matmul,
  mul,
  type Node,
  noGrad,
  parameter,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  valueAndGrad,
} from "../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

describe("grad", () => {
  it("gives the gradient in the structure of the argument", () => {
    const model = {
      layers: [{ weight: f64([[1, 2]]), bias: f64([0.5]) }],
      scale: f64(3),
      name: "model",
      classes: tensor([1], { dtype: "i32" }),
    };
    const loss = (m: typeof model, x: Tensor): Tensor =>
      sum(mul(add(matmul(m.layers[0].weight, x), m.layers[0].bias), m.scale));
    const gradient = grad(loss)(model, f64([[10], [20]]));
    expect(gradient.layers[0].weight.toArray()).toEqual([[30, 60]]);
    expect(gradient.layers[0].bias.toArray()).toEqual([3]);
    expect(gradient.scale.item()).toBe(50.5);
    expect(gradient.name).toBe("model");
    expect(gradient.classes).toBe(model.classes);
    expect(model.scale).toMatchObject({ grad: null, requiresGrad: false });
  });

  it("keeps classes, and an argument of one's choice", () => {
    class Point {
      constructor(
        readonly x: Tensor,
        readonly y: Tensor,
      ) {}
      norm(): Tensor {
        return add(square(this.x), square(this.y));
      }
    }
    const gradient = grad((p: Point) => p.norm())(new Point(f64(3), f64(4)));
    expect(gradient).toBeInstanceOf(Point);
    expect([gradient.x.item(), gradient.y.item(), gradient.norm().item()]).toEqual([6, 8, 100]);
    const second = grad((a: Tensor, b: Tensor) => mul(a, square(b)), { argnums: 1 });
    expect(second(f64(3), f64(5)).item()).toBe(30);
  });

  it("returns the value beside the gradient, both constants", () => {
    const [value, gradient] = valueAndGrad((x: Tensor) => sum(square(x)))(f64([1, 2]));
    expect([value.item(), gradient.toArray()]).toEqual([5, [2, 4]]);
    expect([value.requiresGrad, gradient.requiresGrad]).toEqual([false, false]);
  });

  it("is zero where nothing depends", () => {
    expect(grad((_: Tensor) => tensor(1))(f64([1, 2])).toArray()).toEqual([0, 0]);
    expect(
      grad(({ a }: { a: Tensor; b: Tensor }) => sum(a))({ a: f64([1]), b: f64([2]) }).b.toArray(),
    ).toEqual([0]);
  });

  it("treats a tensor that occurs twice as one", () => {
    const x = f64([3]);
    const gradient = grad(({ a, b }: { a: Tensor; b: Tensor }) => sum(mul(a, b)))({ a: x, b: x });
    expect(gradient.a).toBe(gradient.b);
    expect(gradient.a.toArray()).toEqual([6]);
  });
});

describe("nesting", () => {
  it("differentiates sin four times", () => {
    const f = (x: Tensor): Tensor => sin(x);
    const d = [f, grad(f), grad(grad(f)), grad(grad(grad(f))), grad(grad(grad(grad(f))))];
    [Math.sin, Math.cos, (v: number) => -Math.sin(v), (v: number) => -Math.cos(v), Math.sin].forEach(
      (expected, k) => {
        expect(d[k](f64(0.7)).item()).toBeCloseTo(expected(0.7), 14);
      },
    );
  });

  it("keeps inner and outer variables apart", () => {
    // d/dx (x · d/dy (x + y)) = 1, famous for being got wrong.
    const f = (x: Tensor): Tensor => mul(x, grad((y: Tensor) => add(x, y))(f64(1)));
    expect(grad(f)(f64(1)).item()).toBe(1);
    // d/dx (d/dy x² y) = 2x
    const g = (x: Tensor): Tensor => grad((y: Tensor) => mul(square(x), y))(f64(5));
    expect(grad(g)(f64(3)).item()).toBe(6);
  });

  it("mixes with backward: a gradient penalty reaches the parameters outside", () => {
    const w = parameter([0.5, -1], { dtype: "f64" });
    const slope = grad((x: Tensor) => sum(tanh(mul(w, x))))(f64([1, 2]));
    expect(slope.requiresGrad).toBe(true);
    backward(sum(square(slope)));
    const expected = [0.5, -1].map((own, k) => {
      const [x, u] = [[1, 2][k], own * [1, 2][k]];
      const s2 = 1 / Math.cosh(u) ** 2;
      return 2 * own * s2 ** 2 - 4 * own ** 2 * x * s2 ** 2 * Math.tanh(u);
    });
    (w.grad as Tensor).values().forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k], 14);
    });
  });

  it("leads back to a tracked argument", () => {
    const x = parameter([0.4], { dtype: "f64" });
    const slope = grad((v: Tensor) => sum(sin(v)))(x);
    backward(sum(slope));
    expect(x.grad?.item()).toBeCloseTo(-Math.sin(0.4), 15);
  });

  it("records nothing that nobody can ask for", () => {
    expect(grad((x: Tensor) => sum(sin(x)))(f64([1])).requiresGrad).toBe(false);
    const w = parameter([1], { dtype: "f64" });
    expect(noGrad(() => grad((x: Tensor) => sum(mul(w, square(x))))(f64([1]))).requiresGrad).toBe(false);
    expect(
      noGrad(() => enableGrad(() => grad((x: Tensor) => sum(mul(w, square(x))))(f64([1])))).requiresGrad,
    ).toBe(true);
  });

  it("gives the tenth derivative of tanh", () => {
    // tanh⁽ⁿ⁾ is a polynomial in t = tanh x: its derivative times 1 - t².
    let polynomial = [0, 1];
    for (let order = 0; order < 10; order++) {
      const next = new Array<number>(polynomial.length + 1).fill(0);
      polynomial.forEach((c, k) => {
        if (k === 0) return;
        next[k - 1] += k * c;
        next[k + 1] -= k * c;
      });
      polynomial = next;
    }
    let f: (x: Tensor) => Tensor = (x) => tanh(x);
    for (let order = 0; order < 10; order++) f = grad(f);
    for (const x of [-1.3, -0.2, 0.1, 0.6, 2]) {
      const t = Math.tanh(x);
      const terms = polynomial.map((c, k) => c * t ** k);
      const size = terms.reduce((total, term) => total + Math.abs(term), 0);
      const expected = terms.reduce((total, term) => total + term, 0);
      expect(Math.abs(f(f64(x)).item() - expected)).toBeLessThan(1e-13 * size);
    }
    expect(Math.abs(f(f64(0)).item())).toBe(0);
  });
});

describe("gradients", () => {
  it("goes to leaves and to tensors on the way, and touches no grad", () => {
    const x = parameter([2], { dtype: "f64" });
    const y = square(x);
    const z = sum(mul(y, y));
    const [toX, toY, toZ] = gradients(z, [x, y, z]);
    expect([toX.item(), toY.item(), toZ.item()]).toEqual([32, 8, 1]);
    expect(x.grad).toBeNull();
  });

  it("gives zeros, or an error, to what is not used", () => {
    const [x, y] = [parameter([2]), parameter([[1, 2]])];
    const z = sum(x);
    expect(gradients(z, [y], { retainGraph: true })[0].toArray()).toEqual([[0, 0]]);
    expect(() => gradients(z, [x, y], { unused: "error", retainGraph: true })).toThrow(
      "does not depend on input 1",
    );
    expect(gradients(z, [x, x]).map((g) => g.toArray())).toEqual([[1], [1]]);
  });

  it("goes through no more of the graph than it must", () => {
    const [x, w] = [parameter([2]), parameter([3])];
    const hidden = exp(w);
    const y = mul(square(x), 5);
    const z = sum(mul(y, hidden));
    expect(gradients(z, [y])[0].item()).toBeCloseTo(Math.exp(3), 4);
    // What lies behind y and exp(w) was not visited, so it can still be used.
    expect(gradients(sum(y), [x])[0].item()).toBe(20);
    expect(gradients(sum(hidden), [w])[0].item()).toBeCloseTo(Math.exp(3), 4);
  });

  it("takes a cotangent", () => {
    const x = parameter([1, 2], { dtype: "f64" });
    expect(gradients(square(x), [x], { cotangent: f64([1, 10]) })[0].toArray()).toEqual([2, 40]);
  });

  it("agrees with backward and grad", () => {
    const f = (a: Tensor, b: Tensor): Tensor => sum(mul(sin(mul(a, b)), sub(cos(a), b)));
    const [a, b] = [parameter([0.3, -1.2], { dtype: "f64" }), parameter([0.7], { dtype: "f64" })];
    const [toA, toB] = gradients(f(a, b), [a, b]);
    backward(f(a, b));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([toA.toArray(), toB.toArray()]);
    const both = grad(({ a: p, b: q }: { a: Tensor; b: Tensor }) => f(p, q))({
      a: a.detach(),
      b: b.detach(),
    });
    expect([both.a.toArray(), both.b.toArray()]).toEqual([toA.toArray(), toB.toArray()]);
  });
});

describe("argnums and aux", () => {
  const f = (a: Tensor, b: Tensor): Tensor => sum(mul(a, square(b)));

  it("differentiates by several arguments at once", () => {
    const [value, [byB, byA]] = valueAndGrad(f, { argnums: [1, 0] })(f64([2]), f64([3]));
    expect([value.item(), byB.item(), byA.item()]).toEqual([18, 12, 9]);
    expect(grad(f, { argnums: [0] })(f64([2]), f64([3]))[0].item()).toBe(9);
    expect(() => grad(f, { argnums: 2 })(f64([2]), f64([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: grad: expected one of 2 arguments, got 2]`,
    );
  });

  it("hands through what the function returns besides its value", () => {
    const g = (x: Tensor): [Tensor, { twice: Tensor; name: string }] => [
      sum(square(x)),
      { twice: mul(x, 2), name: "g" },
    ];
    const [gradient, aux] = grad(g, { hasAux: true })(f64([3]));
    expect([gradient.item(), aux.twice.item(), aux.twice.requiresGrad, aux.name]).toEqual([6, 6, false, "g"]);
    const [[value], slope] = valueAndGrad(g, { hasAux: true })(f64([3]));
    expect([value.item(), slope.item()]).toEqual([9, 6]);
  });

  it("does not need the graph behind a tensor whose history was freed", () => {
    const w = parameter([2], { dtype: "f64" });
    const y = square(w);
    backward(sum(y));
    expect(grad((x: Tensor) => sum(square(x)))(y).item()).toBe(8);
  });
});

describe("a gradient inside a long computation", () => {
  const w = parameter([2], { dtype: "f64" });
  const before = square(w);
  const { walk } = w.node as Node;
  const inner = grad((x: Tensor) => sum(mul(square(x), before)));

  it("walks its own graph, not what was recorded before", () => {
    const gradient = inner(f64([3]));
    jvp(inner, [f64([3])], [f64([1])]);
    expect((w.node as Node).walk).toBe(walk);
    expect(gradient.requiresGrad).toBe(true);
    backward(sum(gradient));
    expect(w.grad?.item()).toBe(24); // d 2·3·w²
  });

  it("is zero where the result was computed before", () => {
    const still = square(w);
    expect(grad((_: Tensor) => sum(still))(f64([3])).item()).toBe(0);
    expect(jvp((_: Tensor) => still, [f64([3])], [f64([1])])[1].item()).toBe(0);
  });
});
