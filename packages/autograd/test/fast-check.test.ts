import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { broadcastablePairs, broadcastableShapes, numbers, shapes, tensors } from "../src/fast-check.ts";
import { add, broadcastShapes, checkGradients, relu } from "../src/index.ts";

const draws = <T>(arbitrary: fc.Arbitrary<T>, count = 500): T[] => fc.sample(arbitrary, count);

describe("shapes", () => {
  it("keep within their bounds and reach them", () => {
    const drawn = draws(shapes({ minRank: 1, maxRank: 3, minExtent: 0, maxExtent: 2 }));
    expect(new Set(drawn.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
    expect(new Set(drawn.flat())).toEqual(new Set([0, 1, 2]));
  });

  it("are not empty unless asked for, and shrink to a scalar", () => {
    expect(draws(shapes()).flat()).not.toContain(0);
    const found = fc.check(fc.property(shapes(), () => false)).counterexample;
    expect(found).toEqual([[]]);
  });

  it("broadcast where they are drawn together, with each way of doing so", () => {
    const pairs = draws(broadcastableShapes(2));
    for (const pair of pairs) broadcastShapes("test", pair);
    expect(pairs.some(([a, b]) => a.length !== b.length)).toBe(true);
    expect(pairs.some(([a, b]) => a.length === b.length && a.join() !== b.join())).toBe(true);
  });
});

describe("numbers", () => {
  it("come in every order of magnitude alike, of both signs", () => {
    const drawn = draws(numbers({ magnitude: [1e-6, 1e6] }), 2000);
    const sizes = drawn.map(Math.abs);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1e-6);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1e6);
    for (const [low, high] of [
      [1e-6, 1e-3],
      [1e-3, 1],
      [1, 1e3],
      [1e3, 1e6],
    ])
      expect(sizes.filter((size) => size >= low && size < high).length).toBeGreaterThan(200);
    expect(drawn.filter((value) => value < 0).length).toBeGreaterThan(600);
    expect(draws(numbers({ sign: "positive" })).every((value) => value > 0)).toBe(true);
    expect(draws(numbers({ sign: "negative" })).every((value) => value < 0)).toBe(true);
  });

  it("keep away from kinks", () => {
    const near = (value: number): boolean => Math.abs(value - 1) < 0.1;
    expect(draws(numbers(), 2000).some(near)).toBe(true);
    expect(draws(numbers({ kinks: [1], margin: 0.1 }), 2000).some(near)).toBe(false);
  });
});

describe("tensors", () => {
  it("have the shape that is given or drawn, and the element type", () => {
    expect(
      draws(tensors([2, 3])).every(({ shape, dtype }) => shape.join() === "2,3" && dtype === "f64"),
    ).toBe(true);
    const drawn = draws(tensors(shapes({ minRank: 2, maxRank: 2 }), { dtype: "f32" }));
    expect(drawn.every(({ rank, dtype }) => rank === 2 && dtype === "f32")).toBe(true);
    expect(new Set(drawn.map(({ size }) => size)).size).toBeGreaterThan(3);
  });

  it("serve gradient checks", () => {
    fc.assert(
      fc.property(broadcastablePairs({ maxRank: 2, maxExtent: 2 }), (pair) => {
        expect(checkGradients(([a, b]) => add(a, b), pair, { order: 1 }).ok).toBe(true);
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(tensors([2], { kinks: [0] }), (x) => {
        expect(checkGradients(relu, x, { order: 1 })).toMatchObject({ ok: true, kinks: 0 });
      }),
      { numRuns: 20 },
    );
  });
});
