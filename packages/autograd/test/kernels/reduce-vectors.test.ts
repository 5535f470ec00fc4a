import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduceToNorm } from "../../src/kernels/norm.ts";
import {
  maximumReduction,
  minimumReduction,
  productReduction,
  type Reduction,
  reduce,
  sumReduction,
} from "../../src/kernels/reduce.ts";
import { reduceInVectors } from "../../src/kernels/reduce-vectors.ts";
import "../../src/kernels/rows.ts";
import { dense, denseData, planWalk } from "../../src/kernels/strided.ts";
import { reduceShape, type Shape, sizeOf, stridesOf } from "../../src/shape.ts";

const squareRun: Reduction["fold"] = (total, data, position, count, step) => {
  let sum = total;
  for (let i = 0; i < count; i++) sum += data[position + i * step] ** 2;
  return sum;
};

const squares: Reduction = { name: "squares", identity: 0, fold: squareRun, vectors: "squares" };

function totalsOf(data: Float32Array, shape: Shape, axes: readonly number[], reduction: Reduction) {
  const kept = reduceShape(shape, axes, true);
  const totals = new Float64Array(sizeOf(kept)).fill(reduction.identity);
  const target = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const x = dense(data, shape, data.length - sizeOf(shape));
  const done = reduceInVectors(planWalk(shape, [target, x.strides]), data, x.offset, totals, reduction);
  return { done, totals };
}

/** By its definition, element by element. */
function expected(
  data: Float32Array,
  shape: Shape,
  axes: readonly number[],
  fold: (a: number, x: number) => number,
  start: number,
) {
  const kept = reduceShape(shape, axes, true);
  const totals = new Float64Array(sizeOf(kept)).fill(start);
  const [strides, target] = [stridesOf(shape), stridesOf(kept)];
  const shift = data.length - sizeOf(shape);
  for (let i = 0; i < sizeOf(shape); i++) {
    let to = 0;
    shape.forEach((extent, axis) => {
      if (!axes.includes(axis)) to += (Math.floor(i / strides[axis]) % extent) * target[axis];
    });
    totals[to] = fold(totals[to], data[shift + i]);
  }
  return totals;
}

const numbers = (size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, k) => Math.sin(1.3 * k) + 0.1);

const folds: [Reduction, (a: number, x: number) => number][] = [
  [sumReduction, (a, x) => a + x],
  [squares, (a, x) => a + x * x],
  [maximumReduction, Math.max],
  [minimumReduction, Math.min],
];

describe("reductions in vectors", () => {
  it.each<[Shape, readonly number[]]>([
    [[20_001], [0]],
    [[131, 127], [1]],
    [
      [127, 131],
      [0, 1],
    ],
    [[2, 9001], [1]],
    [
      [16, 5, 211],
      [0, 2],
    ],
    [[16, 5, 211], [2]],
    [
      [7, 5, 3, 200],
      [1, 3],
    ],
    [[8192, 2], [1]],
  ])("of %j over %j: what they are by definition, beginning anywhere", (shape, axes) => {
    const data = numbers(sizeOf(shape) + 3);
    for (const [reduction, fold] of folds) {
      const { done, totals } = totalsOf(data, shape, axes, reduction);
      expect(done).toBe(true);
      const exact = expected(data, shape, axes, fold, reduction.identity);
      totals.forEach((total, k) => {
        // Each of so many additions may lose half a unit of what there is by then: up to 1.21 an element.
        const count = sizeOf(shape) / totals.length;
        expect(Math.abs(total - exact[k])).toBeLessThan(1.21 * count * count * 2 ** -53);
      });
    }
  });

  it.each<[Shape, readonly number[]]>([
    [[129, 131], [0]],
    [[3, 128, 131], [1]],
    [
      [3, 128, 131],
      [0, 1],
    ],
    [
      [2, 3, 140, 131],
      [0, 2],
    ],
  ])("of %j over %j: sums of rows", (shape, axes) => {
    const data = numbers(sizeOf(shape));
    const { done, totals } = totalsOf(data, shape, axes, sumReduction);
    expect(done).toBe(true);
    expected(data, shape, axes, (a, x) => a + x, 0).forEach((total, k) => {
      expect(Math.abs(totals[k] - total)).toBeLessThan(1e-11);
    });
  });

  it("find the rows of a permuted tensor", () => {
    const shape = [9, 31, 40];
    const data = numbers(sizeOf(shape));
    for (const [axes, order] of [
      [
        [0, 1],
        [0, 2, 1],
      ],
      [[2], [1, 2, 0]],
      [
        [0, 2],
        [2, 0, 1],
      ],
    ]) {
      const strides = order.map((axis) => stridesOf(shape)[axis]);
      const turned = { data, shape: order.map((axis) => shape[axis]), strides, offset: 0 };
      const target = stridesOf(reduceShape(turned.shape, axes, true)).map((stride, axis) =>
        axes.includes(axis) ? 0 : stride,
      );
      const totals = new Float64Array(sizeOf(reduceShape(turned.shape, axes, false)));
      const walk = planWalk(turned.shape, [target, strides]);
      expect(reduceInVectors(walk, data, 0, totals, sumReduction)).toBe(true);
      const exact = expected(Float32Array.from(denseData(turned)), turned.shape, axes, (a, x) => a + x, 0);
      totals.forEach((total, k) => {
        expect(Math.abs(total - exact[k])).toBeLessThan(1e-10);
      });
    }
  });

  it("put sums where they belong, also where kept axes change places", () => {
    const [data, strides] = [numbers(9000), [1, 3000, 50]];
    const turned = { data, shape: [50, 3, 60], strides, offset: 0 };
    const found = reduce(turned, [2], sumReduction, "f64");
    const exact = expected(Float32Array.from(denseData(turned)), turned.shape, [2], (a, x) => a + x, 0);
    found.forEach((total, k) => {
      expect(Math.abs(total - exact[k])).toBeLessThan(1e-10);
    });
  });

  it("agree with the definition for any order of axes, any of them reduced", () => {
    const axis = fc.record({
      extent: fc.integer({ min: 1, max: 24 }),
      rank: fc.nat(),
      isReduced: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(axis, { minLength: 2, maxLength: 4 }),
        fc.constantFrom(...folds),
        (drawn, [reduction, fold]) => {
          const shape = drawn.map(({ extent }) => extent);
          const axes = drawn.flatMap(({ isReduced }, k) => (isReduced ? [k] : []));
          fc.pre(sizeOf(shape) >= 2048 && sizeOf(shape) < 6000);
          const order = shape.map((_, k) => k).sort((a, b) => drawn[a].rank - drawn[b].rank);
          const laid = stridesOf(order.map((k) => shape[k]));
          const strides = shape.map((_, k) => laid[order.indexOf(k)]);
          const x = { data: numbers(sizeOf(shape)), shape, strides, offset: 0 };
          const exact = expected(Float32Array.from(denseData(x)), shape, axes, fold, reduction.identity);
          const found = reduce(x, axes, reduction, "f64");
          found.forEach((total, k) => {
            expect(Math.abs(total - exact[k])).toBeLessThan(1e-9);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it("leave few numbers, other numbers and other layouts alone", () => {
    const few = numbers(100);
    expect(totalsOf(few, [100], [0], sumReduction).done).toBe(false);
    const many = numbers(40_000);
    expect(totalsOf(many, [40_000], [0], productReduction).done).toBe(false);
    expect(totalsOf(many, [200, 200], [0], maximumReduction).done).toBe(false);
    expect(totalsOf(Float64Array.from(many) as never, [40_000], [0], sumReduction).done).toBe(false);
    const walk = {
      extents: [200, 100],
      steps: [
        [1, 0],
        [200, 2],
      ],
    };
    expect(reduceInVectors(walk, many, 0, new Float64Array(200), sumReduction)).toBe(false);
  });

  it.each([0, 4095, 8191, 16_383])("pass NaN on, from place %i", (place) => {
    const data = numbers(16_384);
    data[place] = Number.NaN;
    for (const [reduction] of folds)
      expect(totalsOf(data, [16_384], [0], reduction).totals).toEqual(Float64Array.of(Number.NaN));
    const [above, below] = totalsOf(data, [2, 8192], [1], maximumReduction).totals;
    expect([above, below].map(Number.isNaN)).toEqual([place < 8192, place >= 8192]);
  });

  it("reach infinities", () => {
    const data = numbers(16_384);
    data[7] = Infinity;
    data[8] = -Infinity;
    const of = (reduction: Reduction) => totalsOf(data, [16_384], [0], reduction).totals[0];
    expect([of(sumReduction), of(maximumReduction), of(minimumReduction), of(squares)]).toEqual([
      NaN,
      Infinity,
      -Infinity,
      Infinity,
    ]);
  });

  it("are what the kernels use where there are programs for rows", () => {
    const x = dense(numbers(50_000), [5, 10_000]);
    const plain = dense(Float64Array.from(x.data), [5, 10_000]);
    const [found, exact] = [x, plain].map((operand) => reduce(operand, [1], sumReduction, "f64"));
    const [norm, exactNorm] = [x, plain].map((operand) => reduceToNorm(operand, [1], 2, "f64"));
    for (let k = 0; k < 5; k++) {
      expect(Math.abs(found[k] - exact[k])).toBeLessThan(1e-11);
      expect(Math.abs(norm[k] - exactNorm[k])).toBeLessThan(1e-12);
    }
  });
});
