import { describe, expect, it } from "vitest";
import {
  add,
  Generator,
  linear,
  multiHeadAttention,
  ones,
  randn,
  reshape,
  scaledDotProductAttention,
  select,
  stack,
  type Tensor,
  tensor,
  zeros,
} from "../../src/index.ts";

const draw = (seed: number, shape: readonly number[]): Tensor => randn(new Generator(seed), shape, "f64");

/** Attention of one matrix each, by loops; `visible` says which query sees which key. */
function byLoops(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  visible: (query: number, key: number) => boolean = () => true,
): number[][] {
  const rows = (x: Tensor) => x.toArray() as number[][];
  return rows(query).map((q, i) => {
    const powers = rows(key).map((k, j) =>
      visible(i, j) ? Math.exp(q.reduce((sum, a, f) => sum + a * k[f], 0) / Math.sqrt(q.length)) : 0,
    );
    const total = powers.reduce((sum, power) => sum + power, 0);
    const columns = rows(value)[0].map((_, f) => f);
    return columns.map((f) => powers.reduce((sum, power, j) => sum + (power / total) * rows(value)[j][f], 0));
  });
}

function expectRows(actual: Tensor, expected: readonly (readonly number[])[]): void {
  const values = actual.values();
  expected.flat().forEach((value, k) => {
    expect(values[k]).toBeCloseTo(value, 13);
  });
}

const [query, key, value] = [draw(1, [4, 3]), draw(2, [5, 3]), draw(3, [5, 2])];

describe("scaledDotProductAttention", () => {
  it("averages the values by loops over queries and keys", () => {
    const { value: attended, weights } = scaledDotProductAttention(query, key, value);
    expectRows(attended, byLoops(query, key, value));
    expect([attended.shape, weights.shape]).toEqual([
      [4, 2],
      [4, 5],
    ]);
  });

  it("hides what a mask hides, and what lies ahead", () => {
    const mask = tensor(
      Array.from({ length: 4 }, (_, i) => Array.from({ length: 5 }, (_, j) => (i + j) % 3)),
      { dtype: "bool" },
    );
    const masked = scaledDotProductAttention(query, key, value, { mask });
    expectRows(
      masked.value,
      byLoops(query, key, value, (i, j) => (i + j) % 3 !== 0),
    );
    const causal = scaledDotProductAttention(query, key, value, { causal: true });
    expectRows(
      causal.value,
      byLoops(query, key, value, (i, j) => j <= i),
    );
    const both = scaledDotProductAttention(query, key, value, { mask: ones([4, 5], "bool"), causal: true });
    expect(both.value.toArray()).toEqual(causal.value.toArray());
  });

  it("adds a mask of reals to the scores", () => {
    const shift = draw(4, [1, 5]);
    const added = scaledDotProductAttention(query, key, value, { mask: shift });
    const keyed = scaledDotProductAttention(zeros([1, 3], "f64"), key, value, { mask: shift });
    const [first] = byLoops(tensor([[1]], { dtype: "f64" }), reshape(shift, [5, 1]), value);
    expectRows(keyed.value, [first]);
    expect(added.weights.toArray()).not.toEqual(
      scaledDotProductAttention(query, key, value).weights.toArray(),
    );
  });

  it("gives NaN to a query that sees nothing, and to that one alone", () => {
    const mask = tensor(
      [
        [0, 0],
        [1, 0],
      ],
      { dtype: "bool" },
    );
    const two = draw(5, [2, 3]);
    const { value: attended } = scaledDotProductAttention(two, two, two, { mask });
    const [blind, seeing] = attended.toArray() as number[][];
    expect(blind.every(Number.isNaN)).toBe(true);
    expect(seeing).toEqual((two.toArray() as number[][])[0]);
  });

  it("drops weights, and tells which remain", () => {
    const dropout = { probability: 0.5, generator: new Generator(6) };
    const { weights } = scaledDotProductAttention(query, key, value, { dropout });
    const whole = scaledDotProductAttention(query, key, value).weights.values();
    const ratios = Array.from(weights.values(), (weight, k) => weight / whole[k]);
    expect(new Set(ratios)).toEqual(new Set([0, 2]));
  });

  it("refuses vectors", () => {
    expect(() => scaledDotProductAttention(zeros([3]), key, value)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scaledDotProductAttention: expected [..., queries, features], [..., keys, features] and [..., keys, values], got [3] and [5, 3] and [5, 2]]`,
    );
  });
});

describe("multiHeadAttention", () => {
  const weightOf = (seed: number) => ({ weight: draw(seed, [4, 4]), bias: draw(seed + 10, [4]) });
  const projections = { query: weightOf(1), key: weightOf(2), value: weightOf(3), output: weightOf(4) };
  const [x, memory] = [draw(5, [2, 3, 4]), draw(6, [2, 5, 4])];

  it("is attention, head by head", () => {
    const { value: joined, weights } = multiHeadAttention(x, memory, memory, 2, projections);
    expect([joined.shape, weights.shape]).toEqual([
      [2, 3, 4],
      [2, 2, 3, 5],
    ]);
    const expected = [0, 1].map((example) => {
      const project = (side: Tensor, { weight, bias }: ReturnType<typeof weightOf>, head: number): Tensor => {
        const all = linear(select(side, 0, example), weight, bias).toArray() as number[][];
        return tensor(
          all.map((row) => row.slice(2 * head, 2 * head + 2)),
          { dtype: "f64" },
        );
      };
      const heads = [0, 1].map((head) =>
        byLoops(
          project(x, projections.query, head),
          project(memory, projections.key, head),
          project(memory, projections.value, head),
        ),
      );
      const rows = heads[0].map((row, i) => [...row, ...heads[1][i]]);
      return linear(tensor(rows, { dtype: "f64" }), projections.output.weight, projections.output.bias);
    });
    expectRows(joined, [Array.from(stack(expected).values())]);
  });

  it("refuses heads that do not divide the features", () => {
    expect(() => multiHeadAttention(x, x, x, 3, projections)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: multiHeadAttention: expected features that 3 heads divide, got [2, 3, 4]]`,
    );
  });

  it("broadcasts a mask over the heads", () => {
    const mask = tensor([true, true, false, false, true]);
    const { weights } = multiHeadAttention(x, memory, memory, 2, projections, { mask });
    weights.values().forEach((weight, k) => {
      expect(weight === 0).toBe(k % 5 === 2 || k % 5 === 3);
    });
    expect(add(weights, 0).shape).toEqual([2, 2, 3, 5]);
  });
});
