import { Generator } from "@isograd/autograd";
import { kFold } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const range = (count: number) => Array.from({ length: count }, (_, row) => row);

describe("kFold", () => {
  it("tests every row in exactly one fold, and trains on it in all others", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 20 }),
        fc.boolean(),
        fc.constantFrom("plain", "stratify", "groups"),
        (folds, drawn, shuffle, by) => {
          // At least one row of each class for each fold.
          const labels = [...drawn, ...range(3 * folds).map((k) => k % 3)];
          const groups = labels.map((label, row) => `${label} ${row % folds}`);
          const found = kFold(labels.length, {
            folds,
            shuffle,
            generator: new Generator(folds),
            [by]: by === "groups" ? groups : labels,
          });
          expect(found).toHaveLength(folds);
          expect(found.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(range(labels.length));
          for (const { train, test } of found) {
            const tested = new Set(test);
            expect([...train]).toEqual(range(labels.length).filter((row) => !tested.has(row)));
            const exact = labels.length / folds;
            if (by !== "groups") expect(Math.abs(test.length - exact)).toBeLessThan(1);
            if (by === "groups")
              for (const row of train)
                expect([...test].some((other) => groups[other] === groups[row])).toBe(false);
            if (by === "stratify")
              for (const label of [0, 1, 2]) {
                const all = labels.filter((other) => other === label).length;
                const own = [...test].filter((row) => labels[row] === label).length;
                expect(Math.abs(own - all / folds)).toBeLessThan(1);
              }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("cuts rows as scikit-learn does", () => {
    const tests = kFold(10, { folds: 3 }).map(({ test }) => [...test]);
    expect(tests).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    // GroupKFold: the largest group first, into the smallest fold.
    const groups = ["a", "b", "b", "b", "c", "c"];
    expect(kFold(6, { folds: 2, groups }).map(({ test }) => [...test])).toEqual([
      [1, 2, 3],
      [0, 4, 5],
    ]);
  });

  it("draws anew from the generator", () => {
    const options = { folds: 2, shuffle: true, generator: new Generator(1) };
    expect(kFold(30, options)).not.toEqual(kFold(30, options));
    expect(kFold(30, { ...options, generator: new Generator(1) })).toEqual(
      kFold(30, { ...options, generator: new Generator(1) }),
    );
  });

  it("refuses more folds than rows, rows of a class, or groups", () => {
    expect(() => kFold(3, { folds: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: kFold: expected folds to be a whole number from 2 to 3, got 4]`,
    );
    expect(() => kFold(3, { folds: 1 })).toThrow(/2 to 3/);
    expect(() => kFold(5, { folds: 2, stratify: [..."aaaab"] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: kFold: expected at least 2 rows of class "b", one for each fold, got 1]`,
    );
    expect(() => kFold(5, { folds: 3, groups: [..."aaaab"] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: kFold: expected groups enough for 3 parts, got 2]`,
    );
    expect(() => kFold(5, { stratify: [1], groups: [1] })).toThrow(/either groups or stratify/);
    expect(() => kFold([{ x: 1 }, { x: 2 }], { folds: 2, stratify: [1] })).toThrow(/as many labels as rows/);
  });
});
