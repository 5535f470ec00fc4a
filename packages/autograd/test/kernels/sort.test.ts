import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argMode, argSort } from "../../src/kernels/sort.ts";
import { dense } from "../../src/kernels/strided.ts";
import { mapLanes } from "./lanes-of.ts";
import { anyView } from "./views.ts";

/** JavaScript's own stable sort of the positions. */
const expectedOrder = (lane: readonly number[], descending: boolean): number[] => {
  const rank = (value: number): [number, number] => [
    Number(Number.isNaN(value)),
    Number.isNaN(value) ? 0 : value,
  ];
  const compare = (a: number, b: number): number => {
    const [[nanA, x], [nanB, y]] = [rank(a), rank(b)];
    return nanA - nanB || (x === y ? 0 : x < y ? -1 : 1);
  };
  return lane.map((_, k) => k).sort((i, j) => (descending ? -1 : 1) * compare(lane[i], lane[j]));
};

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
);

describe("order", () => {
  it("is that of a stable sort with NaN as the largest, for lanes of any length and any number of firsts", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 150 }), fc.nat(), fc.boolean(), (lane, first, descending) => {
        const count = first % (lane.length + 1);
        const found = argSort(dense(Float64Array.from(lane), [lane.length]), 0, descending, count);
        expect(Array.from(found)).toEqual(expectedOrder(lane, descending).slice(0, count));
      }),
    );
  });

  it("selects few of many as it sorts all", () => {
    const lane = Float64Array.from({ length: 1000 }, (_, k) => (k * 7919) % 101);
    for (const count of [1, 31, 32, 33, 250]) {
      for (const descending of [true, false])
        expect(Array.from(argSort(dense(lane, [1000]), 0, descending, count))).toEqual(
          expectedOrder(Array.from(lane), descending).slice(0, count),
        );
    }
  });

  it("is found along any axis of any view", () => {
    const views = anyView().filter(({ shape }) => shape.length > 0);
    fc.assert(
      fc.property(views, fc.nat(), (x, at) => {
        const axis = at % x.shape.length;
        expect(Array.from(argSort(x, axis, false, x.shape[axis]))).toEqual(
          mapLanes(x, axis, (lane) => expectedOrder(lane, false)),
        );
      }),
    );
  });
});

describe("mode", () => {
  const positionIn = (...lane: number[]): number =>
    argMode(dense(Float64Array.from(lane), [lane.length]), 0)[0];

  it("is the last of the smallest values that are most frequent", () => {
    expect(positionIn(3, 1, 3, 1, 2)).toBe(3);
    expect(positionIn(2, 1, 2)).toBe(2);
    expect(positionIn(5)).toBe(0);
    expect(positionIn(Number.NaN, 1, Number.NaN, 1)).toBe(3);
  });
});
