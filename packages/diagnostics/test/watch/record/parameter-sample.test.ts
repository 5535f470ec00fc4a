import { Generator, ones, randn, type Tensor, tensor, transpose } from "@isograd/autograd";
import { expect, it } from "vitest";
import { sumOfSquares } from "../../../src/statistics.ts";
import { ParameterSample, type Phase } from "../../../src/watch/record/parameter-sample.ts";

const generator = new Generator("sample");
const dot = (x: Tensor, y: Tensor): number =>
  Array.from(x.values()).reduce((sum, value, k) => sum + value * y.values()[k], 0);

it("adds up all numbers of small parameters, of matrices apart", () => {
  const [weight, later, slope] = [3, 5, 7].map(() => randn(generator, [3, 5], "f64"));
  const bias = tensor([2, -1, 3], { dtype: "f64" });
  const steps = ones([3], "f64");
  const sample = new ParameterSample([
    { tensor: weight, gradient: slope },
    { tensor: bias, gradient: steps },
  ]);
  const look = (w: Tensor, g: Tensor, phase: Phase) =>
    sample.look(
      [
        { tensor: w, gradient: g },
        { tensor: bias, gradient: steps },
      ],
      phase,
    );
  const first = look(weight, slope, "gathering");
  expect(first.parameters).toBeCloseTo(sumOfSquares(weight) + 14, 10);
  expect(first.product).toBeCloseTo(dot(weight, slope) + 4, 10);
  expect(first.weights).toBeCloseTo(sumOfSquares(weight), 10);
  expect([first.along, first.agreed]).toEqual([0, 0]);
  expect(look(weight, weight, "gathering")).toMatchObject({
    moved: 0,
    hasMoved: false,
    weightsBefore: first.weights,
  });
  const last = look(later, later, "comparing");
  expect(last.along).toBeCloseTo(dot(slope, later) + dot(weight, later) + 6, 10);
  expect(last.agreed).toBe(last.along);
  expect(last.moved).toBeCloseTo(sumOfSquares(weight) + sumOfSquares(later) - 2 * dot(weight, later), 10);
  const again = look(later, later, "comparing");
  expect(again.along).toBe(last.along);
  expect(again.agreed).toBeCloseTo(last.along + sumOfSquares(later) + 3, 10);
  expect(look(weight, later, "weights")).toEqual({
    ...last,
    weights: first.weights,
    weightsBefore: last.weights,
    parameters: first.parameters,
    product: 0,
    along: 0,
    agreed: 0,
  });
  expect(sample.rows).toBe(3);
});

it("sees a bias that moved alone", () => {
  const weight = ones([2, 2]);
  const leaves = (bias: Tensor) => [weight, bias].map((each) => ({ tensor: each, gradient: each }));
  const sample = new ParameterSample(leaves(ones([2])));
  sample.look(leaves(ones([2])), "weights");
  expect(sample.look(leaves(ones([2])), "weights").hasMoved).toBe(false);
  expect(sample.look(leaves(tensor([1, 2])), "weights")).toMatchObject({ hasMoved: true, moved: 0 });
});

it("takes vectors for weights where there is nothing else", () => {
  const leaves = [{ tensor: tensor([1, 2, 2]), gradient: ones([3]) }];
  const sample = new ParameterSample(leaves);
  expect(sample.look(leaves, "comparing").weights).toBe(9);
  expect(sample.rows).toBe(1);
});

it("takes 1024 of large ones, for the sum of squares of all", () => {
  const weight = randn(generator, [200, 300]);
  expect(sumsOf(weight, weight).weights / sumOfSquares(weight)).toBeCloseTo(1, 0);
  const numbers = new Float64Array(2000);
  const vector = tensor(numbers, { shape: [2000] });
  const leaves = [{ tensor: vector, gradient: vector }];
  const sample = new ParameterSample(leaves);
  const found = Array.from(numbers, (_, k) => {
    vector.data.fill(0)[k] = 1;
    return sample.look(leaves, "comparing").parameters;
  });
  expect(new Set(found)).toEqual(new Set([0, 2000 / 1024]));
  expect(found.filter((sum) => sum > 0)).toHaveLength(1024);
});

it("takes from all rows and columns", () => {
  const marked = tensor(new Float32Array(64 * 256), { shape: [64, 256] });
  const { data } = marked;
  const rows = Array.from({ length: 64 }, (_, row) => {
    data.fill(0).fill(1, 256 * row, 256 * (row + 1));
    return sumsOf(marked, marked).parameters > 0;
  });
  const columns = Array.from({ length: 256 }, (_, column) => {
    data.fill(0);
    for (let row = 0; row < 64; row++) data[256 * row + column] = 1;
    return sumsOf(marked, marked).parameters > 0;
  });
  expect(rows).not.toContain(false);
  expect(columns.filter((isSeen) => isSeen).length).toBeGreaterThan(150);
});

it("reads views by their own order, whichever they come in", () => {
  const [weight, other] = [randn(generator, [3, 5], "f64"), transpose(randn(generator, [5, 3], "f64"))];
  const sample = new ParameterSample([{ tensor: weight, gradient: other }]);
  for (const [w, g] of [
    [weight, other],
    [other, weight],
    [other, other],
  ])
    expect(sample.look([{ tensor: w, gradient: g }], "comparing").product).toBeCloseTo(dot(w, g), 10);
});

/** What a first look adds up to. */
function sumsOf(weight: Tensor, gradient: Tensor) {
  const leaves = [{ tensor: weight, gradient }];
  return new ParameterSample(leaves).look(leaves, "comparing");
}
