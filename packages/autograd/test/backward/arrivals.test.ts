import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  backward,
  type Dtype,
  defineOp,
  exp,
  gradients,
  mul,
  type Op,
  observe,
  onGradient,
  onNode,
  pad,
  parameter,
  reshape,
  retainGrad,
  select,
  slice,
  split,
  sum,
  type Tensor,
  tensor,
  unbind,
  unsqueeze,
} from "../../src/index.ts";
import { Node } from "../../src/tensor.ts";
import { columns, type Plan, plan, rows, run, sumOf } from "./programs.ts";

const leaf = (dtype: Dtype, scale: number): Tensor =>
  parameter(
    Array.from({ length: rows * columns }, (_, k) => (((k * 29) % 17) - 8) * scale),
    {
      dtype,
      shape: [rows, columns],
    },
  );

const leaves = (dtype: Dtype): Tensor[] => [leaf(dtype, 1 / 7), leaf(dtype, -1 / 9)];

const seed = (dtype: Dtype): Tensor =>
  tensor(
    Array.from({ length: rows * columns }, (_, k) => ((k * 13) % 7) / 3 - 1),
    {
      dtype,
      shape: [rows, columns],
    },
  );

/** The gradients of the leaves, and of what is in between, with 0 for -0. */
function swept(program: Plan, dtype: Dtype, between: boolean): unknown {
  const made = run(program, leaves(dtype));
  const last = sumOf(made, program);
  const targets = between ? made : made.slice(0, 2);
  return gradients(last, targets, { cotangent: seed(dtype) }).map((x) =>
    Array.from(x.values(), (value) => value + 0),
  );
}

describe("sums in place", () => {
  it("are those that a sweep makes anew whose operations are observed, to the bit", () => {
    fc.assert(
      fc.property(plan, fc.constantFrom<Dtype>("f32", "f64"), fc.boolean(), (program, dtype, between) => {
        const found = swept(program, dtype, between);
        const watching = observe({ operation: () => {} });
        try {
          expect(found).toEqual(swept(program, dtype, between));
        } finally {
          watching.remove();
        }
      }),
      { numRuns: 300 },
    );
  });

  it("change nothing that somebody holds", () => {
    fc.assert(
      fc.property(plan, (program) => {
        const made = run(program, leaves("f64"));
        const held: Tensor[] = [...made, seed("f64")];
        const copies = held.map((x) => Array.from(x.values()));
        const hold = (x: Tensor | null): void => {
          if (x === null) return;
          held.push(x);
          copies.push(Array.from(x.values()));
        };
        using _ = observe({ cotangent: ({ cotangents }) => cotangents.forEach(hold) });
        made.forEach((x, k) => {
          if (!(program[k - 2]?.held ?? true)) return;
          if (x.node instanceof Node && k % 3 === 0)
            onNode(x.node, {
              before: (cotangents) => cotangents.forEach(hold),
              after: (results, cotangents) => [...results, ...cotangents].forEach(hold),
            });
          else if (k % 3 === 1) onGradient(x, hold);
          else retainGrad(x);
        });
        const last = sumOf(made, program);
        backward(last, { cotangent: held[made.length], retainGraph: true });
        made.forEach((x) => {
          hold(x.grad);
        });
        backward(last, { cotangent: held[made.length] });
        expect(held.map((x) => Array.from(x.values()))).toEqual(copies);
      }),
      { numRuns: 200 },
    );
  });

  it("take parts without making a whole of each", () => {
    const calls = { rule: 0, addTo: 0 };
    const rowOp: Op<number> = defineOp<number>({
      name: "row",
      shape: ([x]) => ({ shape: x.shape.slice(1), dtype: x.dtype }),
      forward: ([{ data, strides, offset }], row, { shape }) => ({
        data,
        shape,
        strides: strides.slice(1),
        offset: offset + row * strides[0],
      }),
      vjp: [
        (g, { attributes: row }) => {
          calls.rule++;
          return pad(unsqueeze(g, 0), [
            [row, 99 - row],
            [0, 0],
          ]);
        },
      ],
      addTo: (whole, [g], { attributes: row }) => {
        calls.addTo++;
        for (let k = 0; k < 6; k++) whole.data[whole.offset + row * 6 + k] += (g as Tensor).values()[k];
      },
    });
    const whole = parameter(new Float32Array(600), { shape: [100, 6] });
    const weighted = (): Tensor =>
      Array.from({ length: 100 }, (_, row) => mul(apply(rowOp, [whole], row), row)).reduce((all, part) =>
        add(all, part),
      );
    const expected = Array.from({ length: 100 }, (_, row) => new Array<number>(6).fill(row));
    backward(sum(weighted()));
    expect(whole.grad?.toArray()).toEqual(expected);
    expect(calls).toEqual({ rule: 1, addTo: 99 });
    const watching = observe({ operation: () => {} });
    expect(gradients(sum(weighted()), [whole])[0].toArray()).toEqual(expected);
    expect(calls).toEqual({ rule: 101, addTo: 99 });
    watching.remove();
    // Cotangents are seen when they are complete: for those alone no sum is made anew.
    using _ = observe({ cotangent: () => {}, swept: () => {} });
    expect(gradients(sum(weighted()), [whole])[0].toArray()).toEqual(expected);
    expect(calls).toEqual({ rule: 102, addTo: 198 });
  });

  it("are the same for parts that vectors add", () => {
    for (const dtype of ["f32", "f64"] as const) {
      const gradient = (): unknown => {
        const whole = parameter(
          Array.from({ length: 5 * 700 }, (_, k) => Math.sin(k)),
          { dtype, shape: [5, 700] },
        );
        const parts = [
          ...[0, 2, 2, 4].map((row) => select(whole, 0, row)),
          ...unbind(whole),
          ...split(whole, 350, 1).map((half) => reshape(half, [-1])),
          slice(whole, 1, { step: 2 }),
          slice(whole, 0, { start: 1, end: 3 }),
        ];
        const loss = parts.reduce((total, part) => add(total, sum(exp(part))), tensor(0, { dtype }));
        return gradients(loss, [whole])[0].toArray();
      };
      const found = gradient();
      const watching = observe({ operation: () => {} });
      expect(found).toEqual(gradient());
      watching.remove();
    }
  });

  it("may be differentiated again where the sweep is recorded", () => {
    const x = parameter([1, 2, 3], { dtype: "f64" });
    const [a, b, c] = unbind(x);
    const cubes = mul(mul(a, b), mul(c, mul(a, a)));
    const [first] = gradients(cubes, [x], { createGraph: true });
    expect(first.toArray()).toEqual([18, 3, 2]);
    expect(gradients(sum(first), [x])[0].toArray()).toEqual([36 + 9 + 6, 9 + 1, 6 + 1]);
  });
});
