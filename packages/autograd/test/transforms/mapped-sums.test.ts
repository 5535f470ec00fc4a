import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  backward,
  defineOp,
  grad,
  mul,
  type Op,
  observe,
  pad,
  parameter,
  select,
  square,
  stack,
  sum,
  type Tensor,
  tensor,
  vmap,
} from "../../src/index.ts";
import { columns, type Plan, plan, rows, run, sumOf } from "../backward/programs.ts";

const numbers = (shape: readonly number[], scale: number): Tensor =>
  tensor(
    Array.from(
      { length: shape.reduce((size, extent) => size * extent, 1) },
      (_, k) => (((k * 29) % 17) - 8) * scale,
    ),
    { dtype: "f64", shape },
  );

const weights = numbers([rows, columns], 1 / 5);
const lossOf =
  (program: Plan) =>
  (x: Tensor, y: Tensor): Tensor =>
    sum(mul(square(sumOf(run(program, [x, y]), program)), weights));

/** 0 for -0. */
const unsigned = (gradients: readonly Tensor[]): unknown =>
  gradients.map((each) => Array.from(each.values(), (value) => value + 0));

const [xs, y] = [numbers([3, rows, columns], 1 / 7), numbers([rows, columns], -1 / 9)];

describe("sums of what stands for many examples", () => {
  it("are those of each example, and the same to the bit where somebody watches", () => {
    fc.assert(
      fc.property(plan, (program) => {
        const f = grad(lossOf(program), { argnums: [0, 1] });
        const together = (): Tensor[] => vmap(f, { inAxes: [0, null] })(xs, y) as Tensor[];
        const found = unsigned(together());
        const watching = observe({ operation: () => {} });
        try {
          expect(found).toEqual(unsigned(together()));
        } finally {
          watching.remove();
        }
        const apart = [0, 1, 2].map((k) => f(select(xs, 0, k), y));
        const expected = unsigned([0, 1].map((k) => stack(apart.map((each) => each[k])))) as number[][];
        (found as number[][]).forEach((gradient, k) => {
          gradient.forEach((value, i) => {
            expect(Math.abs(value - expected[k][i])).toBeLessThanOrEqual(
              1e-12 * (1 + Math.abs(expected[k][i])),
            );
          });
        });
      }),
      { numRuns: 150 },
    );
  });

  it("keep the graph of somebody outside", () => {
    fc.assert(
      fc.property(plan, (program) => {
        const [tracked, same] = [parameter(xs), parameter(y)];
        const f = grad(lossOf(program), { argnums: [0, 1] });
        backward(
          vmap((x: Tensor) => f(x, same).map((g) => sum(mul(g, g))), {})(tracked).reduce((a, b) => add(a, b)),
          {
            cotangent: tensor([1, 1, 1], { dtype: "f64" }),
          },
        );
        const [alone, other] = [parameter(xs), parameter(y)];
        for (const k of [0, 1, 2])
          for (const g of f(select(alone, 0, k), other))
            if (g.requiresGrad) backward(sum(mul(g, g)), { retainGraph: true });
        for (const [a, b] of [
          [tracked, alone],
          [same, other],
        ]) {
          const [found, expected] = [a.grad?.values() ?? [], b.grad?.values() ?? []];
          found.forEach((value: number, i: number) => {
            expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(expected[i])));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("begin with what is the same for all examples", () => {
    const f = grad((z: Tensor, x: Tensor) => {
      const own = sum(mul(z, x));
      const same = [2, 3, 4].map((k) => sum(mul(select(z, 0, 1), k)));
      return add(
        same.reduce((total, part) => add(total, mul(part, part))),
        own,
      );
    });
    const expected = [0, 1, 2].map((k) => f(y, select(xs, 0, k)).toArray());
    expect(vmap((x: Tensor) => f(y, x))(xs).toArray()).toEqual(expected);
    const doubled = grad((z: Tensor, x: Tensor) => {
      const own = sum(mul(z, x));
      return add(add(add(sum(mul(z, 3)), sum(mul(z, 5))), sum(mul(z, 7))), own);
    });
    expect(vmap((x: Tensor) => doubled(y, x))(xs).toArray()).toEqual(
      [0, 1, 2].map((k) => doubled(y, select(xs, 0, k)).toArray()),
    );
  });

  it("take two vmaps, of which one or the other maps", () => {
    const f = (x: Tensor, z: Tensor): Tensor =>
      [0, 1, 1].reduce(
        (total, k) => add(total, mul(sum(mul(select(x, 0, k), k + 1)), sum(z))),
        sum(mul(select(x, 0, 0), select(z, 0, 1))),
      );
    const g = grad(f, { argnums: [0, 1] });
    const zs = numbers([4, rows, columns], 1 / 3);
    const [dx, dz] = vmap((x: Tensor) => vmap((z: Tensor) => g(x, z))(zs))(xs) as Tensor[];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 4; j++) {
        const [a, b] = g(select(xs, 0, i), select(zs, 0, j));
        expect(select(select(dx, 0, i), 0, j).toArray()).toEqual(a.toArray());
        expect(select(select(dz, 0, i), 0, j).toArray()).toEqual(b.toArray());
      }
  });

  it("take an op whose parts are no views", () => {
    const first: Op<void> = defineOp<void>({
      name: "first",
      shape: ([x]) => ({ shape: [], dtype: x.dtype }),
      forward: ([x]) => x.values().slice(0, 1),
      vjp: [
        (g, node) => pad(mul(g, tensor([1], { dtype: "f64" })), [[0, node.inputSignature(0).shape[0] - 1]]),
      ],
      addTo: (total, [g]) => {
        total.data[total.offset] += (g as Tensor).item();
      },
    });
    const f = grad((x: Tensor) => {
      const parts = [1, 2, 3].map((k) => mul(apply(first, [x], undefined), k));
      return mul(add(add(parts[0], parts[1]), parts[2]), parts[0]);
    });
    const x = numbers([2, 4], 1);
    expect(vmap(f)(x).toArray()).toEqual([0, 1].map((k) => f(select(x, 0, k)).toArray()));
  });
});
