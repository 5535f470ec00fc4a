import { Generator, type Tensor, tensor } from "@isograd/autograd";
import { type RowDataset, setSeed, splitDataset, splitRows } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

const range = (count: number) => Array.from({ length: count }, (_, row) => row);
const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);

/** Shares that add up to 1, and labels of up to 4 classes with two rows each at least. */
const problem = fc
  .record({
    labels: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 40 }),
    weights: fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 2, maxLength: 4 }),
    shuffle: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ labels, weights, ...rest }) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const parts = Object.fromEntries(weights.map((weight, k) => [`part${k}`, weight / total]));
    return { labels: [...labels, 0, 1, 2, 3, 0, 1, 2, 3], parts, ...rest };
  });

describe("splitRows", () => {
  it("puts every row into exactly one part, each as large as it should be", () => {
    fc.assert(
      fc.property(
        problem,
        fc.constantFrom("plain", "stratify", "groups"),
        ({ labels, parts, shuffle, seed }, by) => {
          const found = splitRows(labels.length, parts, {
            shuffle,
            generator: new Generator(seed),
            [by]: by === "groups" ? labels.map((label, row) => `${label}-${row % 4}`) : labels,
          });
          expect(Object.keys(found)).toEqual(Object.keys(parts));
          expect(sorted(Object.values(found).flatMap((rows) => [...rows]))).toEqual(range(labels.length));
          for (const [name, rows] of Object.entries(found)) {
            if (by !== "groups") expect(Math.abs(rows.length - parts[name] * labels.length)).toBeLessThan(1);
            if (!shuffle) expect([...rows]).toEqual(sorted(rows));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives each part its share of each class", () => {
    fc.assert(
      fc.property(problem, ({ labels, parts, shuffle, seed }) => {
        const found = splitRows(labels.length, parts, {
          shuffle,
          stratify: labels,
          generator: new Generator(seed),
        });
        const exact = Object.keys(parts).length === 2 ? 1 : 2;
        for (const rows of Object.values(found))
          for (const label of [0, 1, 2, 3]) {
            const share = (labels.filter((other) => other === label).length * rows.length) / labels.length;
            const own = [...rows].filter((row) => labels[row] === label).length;
            expect(Math.abs(own - share)).toBeLessThan(exact);
          }
      }),
      { numRuns: 50 },
    );
  });

  it("keeps groups whole, and near the sizes", () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: 1, max: 3 }), ({ labels, parts, ...rest }, size) => {
        const groups = labels.map((_, row) => `group ${Math.floor(row / size)}`);
        const found = Object.entries(
          splitRows(labels.length, parts, {
            groups,
            shuffle: rest.shuffle,
            generator: new Generator(rest.seed),
          }),
        );
        const homes = new Map<string, string>();
        for (const [name, rows] of found)
          for (const row of rows) {
            expect(homes.get(groups[row]) ?? name).toBe(name);
            homes.set(groups[row], name);
          }
        for (const [name, rows] of found)
          expect(Math.abs(rows.length - parts[name] * labels.length)).toBeLessThanOrEqual(size + 1);
      }),
      { numRuns: 50 },
    );
  });

  it("draws every row as often into each part, in no order, from the generator or the default one", () => {
    const times = new Float64Array(10);
    const generator = new Generator(1);
    for (let k = 0; k < 1000; k++)
      for (const row of splitRows(10, { a: 3, b: 7 }, { generator }).a) times[row]++;
    // 300 expected, with a deviation of 14.5.
    for (const count of times) expect(Math.abs(count - 300)).toBeLessThan(70);
    const of = (seed: number) => {
      setSeed(seed);
      return splitRows(50, { a: 0.5, b: 0.5 }).a;
    };
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    expect([...of(1)]).not.toEqual(sorted(of(1)));
    setSeed(0);
    const stratify = range(50).map((row) => row % 2);
    const { a } = splitRows(50, { a: 0.5, b: 0.5 }, { stratify, generator });
    expect([...a].map((row) => row % 2)).not.toEqual([...a].map((row) => row % 2).sort());
  });

  it("takes shares, numbers of rows, and the rest", () => {
    const sizes = (count: number, parts: Record<string, number | "rest">) =>
      Object.values(splitRows(count, parts)).map(({ length }) => length);
    expect(sizes(10, { train: 0.8, test: 0.2 })).toEqual([8, 2]);
    expect(sizes(10, { train: "rest", test: 0.25 })).toEqual([7, 3]);
    expect(sizes(100, { a: 0.29, b: 0.71 })).toEqual([29, 71]);
    expect(sizes(10, { a: 1 / 3, b: 1 / 3, c: 1 / 3 })).toEqual([4, 3, 3]);
    expect(sizes(10, { a: 1, b: 0.5, c: "rest" })).toEqual([1, 5, 4]);
    expect(sizes(3, { all: "rest" })).toEqual([3]);
  });

  it("refuses parts that are not all rows, and empty ones", () => {
    expect(() => splitRows(10, { train: 0.8, test: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected parts that add up to all 10 rows, got 9]`,
    );
    expect(() => splitRows(10, { train: 8, test: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected parts that add up to all 10 rows, got 11]`,
    );
    expect(() => splitRows(10, { train: 11, test: "rest" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected parts that add up to all 10 rows, got 11]`,
    );
    expect(() => splitRows(10, { train: 10, test: "rest" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected rows enough for one in test, got 10]`,
    );
    expect(() => splitRows(10, { train: "rest", test: 0.01 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected rows enough for one in test, got 10]`,
    );
    expect(() => splitRows(10, { train: 1.5, test: "rest" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected train to be a share, a number of rows, or "rest", got 1.5]`,
    );
    expect(() => splitRows(10, { train: "rest", test: "rest" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected parts, and one rest at most, got ["train", "test"]]`,
    );
    const halves = { a: 0.5, b: 0.5 };
    expect(() => splitRows(2, halves, { stratify: ["x", "y"] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected at least two rows of each class to stratify by, there is one of class, got "x"]`,
    );
    expect(() => splitRows(3, halves, { stratify: ["x", "x"] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: splitRows: expected as many labels as rows, got [2] and [3]]`,
    );
    expect(() => splitRows(2, halves, { groups: [1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: splitRows: expected groups enough for 2 parts, got 1]`,
    );
    expect(() => splitRows(2, halves, { groups: [1, 1], stratify: [1, 1] })).toThrow(
      /either groups or stratify/,
    );
  });
});

describe("splitDataset", () => {
  it("splits columns with their names, and rows that are read one by one", async () => {
    const data = {
      inputs: tensor([
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
      targets: Int32Array.of(0, 1, 2, 3),
    };
    const { train, test } = splitDataset(data, { train: "rest", test: 1 }, { shuffle: false });
    expectTypeOf(train).toEqualTypeOf<{ readonly inputs: Tensor; readonly targets: Tensor }>();
    expect([train.inputs.toArray(), train.targets.toArray()]).toEqual([
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [0, 1, 2],
    ]);
    expect([test.inputs.toArray(), test.targets.toArray()]).toEqual([[[3, 3]], [3]]);
    const rows = splitDataset([{ x: 5 }, { x: 6 }], { a: 0.5, b: 0.5 }, { shuffle: false });
    expectTypeOf(rows.a).toEqualTypeOf<RowDataset<{ x: number }>>();
    expect([rows.b.length, await rows.b.row(0)]).toEqual([1, { x: 6 }]);
  });
});
