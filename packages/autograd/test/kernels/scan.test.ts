import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cumulativeArgMaximum,
  cumulativeLogSumExp,
  cumulativeProduct,
  cumulativeSum,
  linearRecurrence,
} from "../../src/kernels/scan.ts";
import { dense, type Strided } from "../../src/kernels/strided.ts";
import { mapLanes } from "./lanes-of.ts";
import { anyView } from "./views.ts";

const viewAndAxis = anyView()
  .filter(({ shape }) => shape.length > 0)
  .chain((x) => fc.tuple(fc.constant(x), fc.nat({ max: x.shape.length - 1 })));

/** What is left of a lane at each of its elements: those up to it. */
const upTo =
  (f: (seen: readonly number[]) => number) =>
  (lane: readonly number[]): number[] =>
    lane.map((_, i) => f(lane.slice(0, i + 1)));

const holds = (
  kernel: (x: Strided, axis: number) => ArrayLike<number>,
  lane: (lane: number[]) => readonly number[],
): void =>
  fc.assert(
    fc.property(viewAndAxis, ([x, axis]) => {
      expect(Array.from(kernel(x, axis))).toEqual(mapLanes(x, axis, lane));
    }),
  );

describe("scans of views of every kind agree with loops over their lanes", () => {
  const total = (seen: readonly number[]): number => seen.reduce((sum, value) => sum + value, 0);
  const backwards = (lane: readonly number[]): number[] => [...lane].reverse();

  it("sums, in both directions", () => {
    holds((x, axis) => cumulativeSum(x, axis, false, "f64"), upTo(total));
    holds(
      (x, axis) => cumulativeSum(x, axis, true, "f64"),
      (lane) => backwards(upTo(total)(backwards(lane))),
    );
  });

  it("products", () => {
    holds(
      (x, axis) => cumulativeProduct(x, axis, "f64"),
      upTo((seen) => seen.reduce((product, value) => product * value, 1)),
    );
  });

  it("positions of the largest and the smallest, the last of equals", () => {
    holds(
      (x, axis) => cumulativeArgMaximum(x, axis, 1),
      upTo((seen) => seen.lastIndexOf(Math.max(...seen))),
    );
    holds(
      (x, axis) => cumulativeArgMaximum(x, axis, -1),
      upTo((seen) => seen.lastIndexOf(Math.min(...seen))),
    );
  });

  it("recurrences, in both directions", () => {
    const recur = (lane: readonly number[]): number[] => {
      let state = 0;
      return lane.map((value, i) => {
        state = i === 0 ? value : value * state + value;
        return state;
      });
    };
    holds((x, axis) => linearRecurrence(x, x, axis, false, "f64"), recur);
    holds(
      (x, axis) => linearRecurrence(x, x, axis, true, "f64"),
      (lane) => backwards(recur(backwards(lane))),
    );
  });
});

describe("log of a sum of exponentials", () => {
  const scan = (...values: number[]): number[] =>
    Array.from(cumulativeLogSumExp(dense(Float64Array.from(values), [values.length]), 0, "f64"));

  it("neither overflows nor underflows", () => {
    expect(scan(1000, 1000, -1000)).toEqual([1000, 1000 + Math.LN2, 1000 + Math.LN2]);
    expect(scan(-1000, -1000)).toEqual([-1000, -1000 + Math.LN2]);
    expect(scan(0, 1, 2)[2]).toBeCloseTo(Math.log(1 + Math.E + Math.E ** 2), 14);
  });

  it("knows infinities and keeps NaN", () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    expect(scan(-inf, -inf, 0, -inf)).toEqual([-inf, -inf, 0, 0]);
    expect(scan(inf, inf, 1)).toEqual([inf, inf, inf]);
    expect(scan(-inf, inf)).toEqual([-inf, inf]);
    expect(scan(1, nan, 2, inf)).toEqual([1, nan, nan, nan]);
  });
});

it("adds up in double precision, whatever the element type", () => {
  const ones = dense(new Float32Array(4).fill(2 ** 24), [4]);
  const odd = dense(Float32Array.of(2 ** 24, 1, 1), [3]);
  expect(Array.from(cumulativeSum(ones, 0, false, "f32"))).toEqual([1, 2, 3, 4].map((k) => k * 2 ** 24));
  expect(cumulativeSum(odd, 0, false, "f32")[2]).toBe(2 ** 24 + 2);
});
