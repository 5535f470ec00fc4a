import { describe, expect, it } from "vitest";
import {
  add,
  checkpoint,
  customOp,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  linearize,
  mul,
  reshape,
  select,
  stack,
  sum,
  type Tensor,
  tanh,
  tensor,
  vjp,
  vmap,
} from "../../src/index.ts";
import { f64, largestDifference, points, scalarFunctions } from "./samples.ts";

type Scalar = (x: Tensor) => Tensor;
type Vector = (x: Tensor) => Tensor;

const direction = f64([0.5, -1, 2]);

/** Ways to the same gradient [3] -> [3]. */
const gradients: Readonly<Record<string, (f: Scalar) => Vector>> = {
  grad: (f) => grad(f),
  vjp: (f) => (x) => vjp(f, x)[1](tensor(1, { dtype: "f64" }))[0],
  "jvp along each axis": (f) => (x) => {
    const along = (unit: Tensor): Tensor => jvp(f, [x], [unit])[1];
    return stack([f64([1, 0, 0]), f64([0, 1, 0]), f64([0, 0, 1])].map(along));
  },
  "linearize under vmap": (f) => (x) => {
    const [, derivative] = linearize(f, x);
    return vmap((unit: Tensor) => derivative(unit))(
      f64([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    );
  },
  "jacobian, reverse": (f) => jacobian(f, { mode: "reverse" }),
  "jacobian, forward": (f) => jacobian(f, { mode: "forward" }),
  "grad of one example of vmap": (f) => grad((x: Tensor) => sum(vmap(f)(reshape(x, [1, 3])))),
  "grad of checkpoint": (f) => grad(checkpoint(f)),
  "grad of a custom op": (f) =>
    grad(customOp({ name: "own", forward: f, vjp: (g, [x]) => [mul(g, grad(f)(x))] })),
};

describe.each(Object.entries(scalarFunctions))("%s", (_, f) => {
  const x = select(points, 0, 0);

  it.each(Object.entries(gradients))("first order by %s", (_, transform) => {
    expect(largestDifference(transform(f)(x), grad(f)(x))).toBeLessThan(1e-14);
  });

  // Each way of the first order inside each way of the second.
  const pairs = Object.entries(gradients).flatMap(([outer, second]) =>
    Object.entries(gradients).map(([inner, first]) => [outer, inner, second, first] as const),
  );
  it.each(pairs)("second order along a direction by %s of %s", (_, __, second, first) => {
    const slope: Scalar = (y) => sum(mul(first(f)(y), direction));
    const expected = hvp(f, x, direction);
    expect(largestDifference(second(slope)(x), expected)).toBeLessThan(1e-13);
  });

  it.each(Object.entries(gradients))("per example by vmap of %s", (_, transform) => {
    const together = vmap(transform(f))(points);
    const oneByOne = stack([0, 1].map((k) => transform(f)(select(points, 0, k))));
    expect(largestDifference(together, oneByOne)).toBeLessThan(1e-14);
  });

  it("third order by five ways", () => {
    const cube = (transform: (g: Scalar) => Vector): Tensor =>
      transform((y) => sum(mul(hvp(f, y, direction), direction)))(x);
    const expected = cube(gradients.grad);
    for (const way of ["vjp", "jvp along each axis", "jacobian, forward", "grad of checkpoint"])
      expect(largestDifference(cube(gradients[way]), expected), way).toBeLessThan(1e-12);
  });

  it("has a symmetric Hessian, whose product with a vector is hvp", () => {
    const full = hessian(f)(x);
    for (let i = 0; i < 3; i++) {
      const unit = f64([0, 1, 2].map((k) => (k === i ? 1 : 0)));
      expect(largestDifference(select(full, 0, i), select(full, 1, i))).toBeLessThan(1e-14);
      expect(largestDifference(hvp(f, x, unit), select(full, 0, i))).toBeLessThan(1e-14);
    }
    expect(
      largestDifference(vmap(hessian(f))(points), stack([0, 1].map((k) => hessian(f)(select(points, 0, k))))),
    ).toBeLessThan(1e-14);
  });

  it("keeps <Ju, v> = <u, Jᵀv> for the gradient as a function", () => {
    const g = grad(f);
    const v = f64([1, 0.25, -0.5]);
    const pushed = sum(mul(jvp(g, [x], [direction])[1], v)).item();
    const pulled = sum(mul(vjp(g, x)[1](v)[0], direction)).item();
    expect(Math.abs(pushed - pulled)).toBeLessThan(1e-14);
  });
});

it("differentiates tanh ten times", () => {
  // dᵏ tanh/dxᵏ is a polynomial in t = tanh x with whole coefficients, since t' = 1 - t².
  let polynomial = [0n, 1n];
  for (let order = 0; order < 10; order++) {
    const slope = polynomial.slice(1).map((coefficient, k) => coefficient * BigInt(k + 1));
    polynomial = Array.from({ length: slope.length + 2 }, (_, k) => (slope[k] ?? 0n) - (slope[k - 2] ?? 0n));
  }
  for (const at of [0.3, -1.7, 0.01]) {
    const t = Math.tanh(at);
    const exact = polynomial.reduceRight((total, coefficient) => total * t + Number(coefficient), 0);
    let [reverse, forward]: Scalar[] = [tanh, tanh];
    for (let order = 0; order < 10; order++) {
      const [f, g] = [reverse, forward];
      reverse = grad(f);
      forward = (x) => jvp(g, [x], [f64(1)])[1];
    }
    for (const derivative of [reverse, forward])
      expect(Math.abs(derivative(f64(at)).item() / exact - 1)).toBeLessThan(1e-9);
  }
});

it("keeps the gradients of three levels apart", () => {
  // d/dx (x · d/dy (x + y)) = 1, not 2: the classic confusion of perturbations.
  const inner = (x: Tensor): Tensor => mul(x, grad((y: Tensor) => add(x, y))(f64(1)));
  expect(grad(inner)(f64(1)).item()).toBe(1);
  expect(
    jvp(
      (x: Tensor) => mul(x, jvp((y: Tensor) => add(x, y), [f64(1)], [f64(1)])[1]),
      [f64(1)],
      [f64(1)],
    )[1].item(),
  ).toBe(1);
  expect(vmap(grad(inner))(f64([1, 2])).toArray()).toEqual([1, 1]);
});
