import { Generator, ones, randn, transpose } from "@isograd/autograd";
import { expect, it } from "vitest";
import { sumOfSquares } from "../../src/statistics.ts";
import { ParameterSample } from "../../src/watch/parameter-sample.ts";

const generator = new Generator("sample");
const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

it("takes all numbers of small parameters", () => {
  const weight = randn(generator, [3, 5]);
  const bias = randn(generator, [3]);
  const leaves = [
    { tensor: weight, gradient: randn(generator, [3, 5]) },
    { tensor: bias, gradient: ones([3]) },
  ];
  const sample = new ParameterSample(leaves);
  const { weights, gradients } = sample.take(leaves);
  expect([...weights]).toEqual([...weight.values(), ...bias.values()]);
  expect([...gradients]).toEqual([...leaves[0].gradient.values(), 1, 1, 1]);
  expect(Array.from(sample.isWeight).join("")).toBe("111111111111111000");
  expect(sample.rows).toBe(3);
});

it("takes vectors for weights where there is nothing else", () => {
  const leaves = [{ tensor: randn(generator, [4]), gradient: ones([4]) }];
  const sample = new ParameterSample(leaves);
  expect([...sample.isWeight]).toEqual([1, 1, 1, 1]);
  expect(sample.rows).toBe(1);
});

it("takes 1024 of large ones, for the sum of squares of all", () => {
  const weight = randn(generator, [200, 300]);
  const leaves = [{ tensor: weight, gradient: weight }];
  const { weights } = new ParameterSample(leaves).take(leaves);
  expect(weights).toHaveLength(1024);
  expect(squares(weights) / sumOfSquares(weight)).toBeCloseTo(1, 0);
  expect(new Set(weights).size).toBe(1024);
});

it("takes from all rows and columns", () => {
  const weight = ones([64, 256]);
  const rows = new ParameterSample([{ tensor: weight, gradient: weight }]);
  for (const axis of [0, 1]) {
    const marked = new Float32Array(64 * 256).map((_, k) => (axis === 0 ? Math.floor(k / 256) : k % 256));
    const tensor = Object.assign(ones([64, 256]), { data: marked });
    const { weights } = rows.take([{ tensor, gradient: tensor }]);
    expect(new Set(weights).size).toBeGreaterThan(axis === 0 ? 63 : 150);
  }
});

it("reads views by their own order", () => {
  const weight = transpose(randn(generator, [5, 3]));
  const leaves = [{ tensor: weight, gradient: weight }];
  expect([...new ParameterSample(leaves).take(leaves).gradients]).toEqual([...weight.values()]);
});
