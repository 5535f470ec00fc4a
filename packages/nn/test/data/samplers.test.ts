import { Generator, type Tensor } from "@isograd/autograd";
import { balancedSampler, batches, lengthSampler, type Sampler, weightedSampler } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** How often each row comes in so many passes. */
function times(sampler: Sampler, rows: number, passes: number): Float64Array {
  const counts = new Float64Array(rows);
  const generator = new Generator(7);
  for (let pass = 0; pass < passes; pass++)
    for (const row of Array.from(sampler.draw(generator))) counts[row]++;
  return counts;
}

/** Counts within five deviations of what is expected of each. */
function expectCounts(counts: Float64Array, expected: readonly number[], draws: number): void {
  expected.forEach((count, k) => {
    const deviation = Math.sqrt(count * (1 - count / draws));
    expect(Math.abs(counts[k] - count)).toBeLessThanOrEqual(5 * deviation);
  });
}

describe("weightedSampler", () => {
  it("draws rows in proportion to their weights", () => {
    const sampler = weightedSampler([1, 0, 2, 5], { count: 100 });
    expect(sampler.length).toBe(100);
    expectCounts(times(sampler, 4, 80), [1000, 0, 2000, 5000], 8000);
  });

  it("does not mind how large weights are", () => {
    for (const scale of [1e-320, 1e-300, 1e308]) {
      const weights = [scale, 0, scale, scale];
      expectCounts(times(weightedSampler(weights, { count: 100 }), 4, 30), [1000, 0, 1000, 1000], 3000);
      expectCounts(
        times(weightedSampler(weights, { count: 1, replacement: false }), 4, 900),
        [300, 0, 300, 300],
        900,
      );
    }
  });

  it("without replacement draws among those that are left", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (weights, seed) => {
          const positive = weights.flatMap((weight, row) => (weight > 0 ? [row] : []));
          fc.pre(positive.length > 0);
          const sampler = weightedSampler(weights, { replacement: false, count: positive.length });
          expect([...Array.from(sampler.draw(new Generator(seed)))].sort((a, b) => a - b)).toEqual(positive);
        },
      ),
    );
    // First and second of three with weights 1, 2, 3: P(b, a) = 2/6 · 1/4, and so on.
    const pairs = new Map<string, number>();
    const [sampler, generator] = [
      weightedSampler([1, 2, 3], { count: 2, replacement: false }),
      new Generator(3),
    ];
    for (let k = 0; k < 6000; k++) {
      const pair = Array.from(sampler.draw(generator)).join();
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    const keys = ["0,1", "0,2", "1,0", "1,2", "2,0", "2,1"];
    const chances = [
      (1 / 6) * (2 / 5),
      (1 / 6) * (3 / 5),
      (2 / 6) * (1 / 4),
      (2 / 6) * (3 / 4),
      (3 / 6) * (1 / 3),
      (3 / 6) * (2 / 3),
    ];
    expectCounts(
      Float64Array.from(keys, (key) => pairs.get(key) ?? 0),
      chances.map((chance) => 6000 * chance),
      6000,
    );
  });

  it("refuses weights and counts that mean nothing", () => {
    expect(() => weightedSampler([1, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: weightedSampler: expected a finite weight from 0 on in row 1, got -1]`,
    );
    expect(() => weightedSampler([1, Number.NaN])).toThrow(/row 1, got NaN/);
    expect(() => weightedSampler([0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: weightedSampler: expected a positive weight, got 2]`,
    );
    expect(() => weightedSampler([1], { count: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: weightedSampler: expected a count that is a whole number from 1 on, got 0]`,
    );
    expect(() => weightedSampler([1, 0], { replacement: false })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: weightedSampler: expected a count that is a whole number from 1 to 1, the number of positive weights, got 2]`,
    );
  });
});

describe("balancedSampler", () => {
  it("draws each class as often", () => {
    const labels = [..."aaaaaabbc"];
    const counts = times(balancedSampler(labels, { count: 90 }), 9, 100);
    const expected = [...new Array<number>(6).fill(500), 1500, 1500, 3000];
    expectCounts(counts, expected, 9000);
  });
});

describe("lengthSampler", () => {
  const lengths = Array.from({ length: 23 }, (_, row) => (row * 7) % 23);

  it("takes each row once, those of a batch of like lengths, in another order each time", () => {
    const sampler = lengthSampler(lengths, { batchSize: 5 });
    const generator = new Generator(1);
    const orders = [0, 1, 2].map(() => Array.from(sampler.draw(generator)));
    expect(orders[0]).not.toEqual(orders[1]);
    for (const order of orders) {
      expect([...order].sort((a, b) => a - b)).toEqual(lengths.map((_, row) => row));
      for (let start = 0; start < 23; start += 5) {
        const own = order.slice(start, start + 5).map((row) => lengths[row]);
        expect(Math.max(...own) - Math.min(...own)).toBe(own.length - 1);
      }
    }
    // The batches come in any order.
    expect(new Set(orders.map((order) => lengths[order[0]])).size).toBeGreaterThan(1);
  });

  it("sorts within pools only, so that other rows meet in each pass", () => {
    const sampler = lengthSampler(lengths, { batchSize: 5, pool: 2 });
    const generator = new Generator(1);
    const first = () =>
      Array.from(sampler.draw(generator))
        .slice(0, 5)
        .sort((a, b) => a - b)
        .join();
    expect(new Set([first(), first(), first(), first()]).size).toBe(4);
    expect(Array.from(lengthSampler(lengths, { batchSize: 5, pool: 1 }).draw(generator))).toHaveLength(23);
  });

  it("refuses what is no length", () => {
    expect(() => lengthSampler([1, Number.NaN], { batchSize: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: lengthSampler: expected a length in row 1, got NaN]`,
    );
    expect(() => lengthSampler([1], { batchSize: 0 })).toThrow(/batchSize/);
  });
});

describe("samplers in batches", () => {
  const data = { row: Float32Array.of(0, 1, 2, 3) };
  const rows = (source: Iterable<{ row: Tensor }>) => [...source].map(({ row }) => [...row.values()]);

  it("choose the rows of each pass, from the generator of the batches", () => {
    const make = () =>
      batches(data, {
        rows: weightedSampler([0, 1, 1, 0], { count: 6 }),
        batchSize: 4,
        generator: new Generator(5),
      });
    const [first, second] = [make(), make()];
    expect([first.length, first.rows]).toEqual([2, 4]);
    const passes = [rows(first), rows(first)];
    expect(passes[0]).not.toEqual(passes[1]);
    for (const row of passes.flat(2)) expect([1, 2]).toContain(row);
    for (const batch of second) {
      const resumed = make();
      resumed.state = second.state;
      expect(rows(resumed)).toEqual(passes[0].slice(1));
      expect(batch.row.shape).toEqual([4]);
      break;
    }
  });

  it("may be a fixed choice, in its order or shuffled", () => {
    expect(rows(batches(data, { rows: [3, 1, 3], batchSize: 2 }))).toEqual([[3, 1], [3]]);
    const shuffled = batches(data, { rows: Int32Array.of(3, 1), shuffle: true, generator: new Generator(1) });
    expect([1, 2, 3, 4, 5, 6].map(() => rows(shuffled)[0].join())).toContain("1,3");
  });

  it("look for NaN in all rows that come", () => {
    const bad = { x: Float32Array.of(1, Number.NaN) };
    const [first] = batches(bad, { rows: [0] });
    expect(first.x.toArray()).toEqual([1]);
    let turn = 0;
    const late: Sampler = { length: 1, draw: () => [turn++] };
    const data = batches(bad, { rows: late });
    expect([...data]).toHaveLength(1);
    expect(() => [...data]).toThrow(/NaN at row 1/);
  });

  it("must keep to the rows, and to their own length", () => {
    expect(() => batches(data, { rows: [4] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected rows from 0 to 3, got 4]`,
    );
    expect(() => batches(data, { rows: [] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected at least one row, got 0]`,
    );
    expect(() =>
      batches(data, { rows: balancedSampler([1, 1]), shuffle: true }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected no shuffle beside a sampler, which chooses the order, got true]`,
    );
    expect(() =>
      rows(batches(data, { rows: { length: 2, draw: () => [0] } })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches: expected a sampler that draws its 2 rows, got 1]`,
    );
    expect(() => rows(batches(data, { rows: { length: 1, draw: () => [-1] } }))).toThrow(/rows from 0 to 3/);
  });
});
