import {
  add,
  elu,
  Generator,
  linear,
  matmul,
  mul,
  parameter,
  randn,
  relu,
  reshape,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from "@isograd/autograd";
import { mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../src/advise/candidate.ts";
import { fittingVariance } from "../../src/advise/candidate.ts";
import { joined, Probe } from "../../src/advise/measure.ts";
import { predict } from "../../src/advise/predict.ts";
import type { AnyActivation } from "../../src/trace/network.ts";
import type { Model } from "../../src/trace/trace.ts";

const [inputs, width, depth] = [16, 128, 3];

function network(activation: Candidate, seed: string, variance = fittingVariance(activation)): Model {
  const generator = new Generator(seed);
  const widths = [inputs, ...new Array<number>(depth).fill(width), 1];
  const weights = widths
    .slice(1)
    .map((fanOut, k) =>
      parameter(mul(randn(generator, [fanOut, widths[k]]), Math.sqrt(variance / widths[k]))),
    );
  const apply = activation as AnyActivation;
  return (x) => weights.reduce((h, weight, k) => linear(k === 0 ? h : apply(h), weight), x);
}

const batch = { inputs: randn(new Generator("batch"), [64, inputs]), targets: zeros([64, 1]) };
const probe = new Probe(batch);

it.each([relu, elu])(
  "measures what theory predicts of wide networks and inputs from N(0, 1): $name",
  (activation) => {
    const measured = probe.measure([network(activation, "a"), network(activation, "b")], mseLoss);
    const layers = Array.from({ length: depth }, () => ({ width, normalized: false, residual: false }));
    const predicted = predict(activation, { inputs, layers });
    expect(Math.abs(measured.attenuation - predicted.attenuation)).toBeLessThan(0.2);
    expect(Math.abs(measured.distinct - predicted.distinct)).toBeLessThan(0.06);
    expect(Math.abs(measured.saturated - predicted.saturated)).toBeLessThan(0.05);
    expect(Math.abs(measured.unevenness - predicted.unevenness)).toBeLessThan(0.15);
    // The line is learnt from few examples, and may bend back what a layer bent.
    expect(Math.abs(measured.straight - predicted.straight)).toBeLessThan(0.15);
  },
);

it("sees weights that do not suit", () => {
  const small = probe.measure([network(relu, "a", 0.5)], mseLoss);
  expect(small.attenuation).toBeCloseTo((depth * Math.log(0.25)) / 2, 0);
  expect(small.spread).toBeNaN();
});

describe("exactly", () => {
  const numbers = (...values: number[]): Tensor =>
    tensor(
      values.map((value) => [value]),
      { dtype: "f64" },
    );
  /** What one unit with an offset makes of numbers, behind which a weight is trained. */
  const of = (inputs: Tensor, { offset = 0, heads = [1], f = (x: Tensor): Tensor => x } = {}) => {
    const models = heads.map((head) => {
      const [first, last] = [numbers(1), numbers(head)].map((weight) => parameter(weight));
      return (x: Tensor) => matmul(f(add(matmul(reshape(x, [-1, 1]), first), offset)), last);
    });
    return new Probe({ inputs, targets: inputs }).measure(models, (y) => sum(square(y)));
  };

  it("the gradient by the weights on its way, with its spread over networks", () => {
    const { attenuation, spread } = of(numbers(1, 2), { heads: [1, Math.exp(2)] });
    expect([attenuation, spread]).toEqual([expect.closeTo(1, 10), expect.closeTo(Math.SQRT2, 10)]);
    expect(of(numbers(1, 2)).spread).toBeNaN();
  });

  it("the variance over the examples as a share of the mean square, against that of the inputs", () => {
    // 3 and 1: 2 of 5; 4 and 2: 2 of 10; 2 and 0: 2 of 2, which is no more than all.
    const distinct = [0, 1, -1].map((offset) => of(numbers(3, 1), { offset }).distinct);
    expect(distinct).toEqual([1, 0.5, 1].map((share) => expect.closeTo(share, 10)));
    // Two rows of two numbers: 4 of 10; four rows of one: 4/3 of 5.
    const folded = of(reshape(numbers(3, 1, 1, 3), [2, 2]));
    expect(folded.distinct).toBeCloseTo(2 / 3, 10);
    expect(folded.straight).toBeNaN();
  });

  it("the deviation of the logarithms of the squares, and the share that is saturated", () => {
    expect(of(numbers(1, Math.E, Math.E ** 2)).unevenness).toBeCloseTo(2, 10);
    expect(of(numbers(0, 9, -9, 0.1), { f: tanh }).saturated).toBe(0.5);
  });
});

it("takes as many batches as it needs", () => {
  const of = (rows: number) => ({ inputs: zeros([rows, 2]), targets: tensor(new Int32Array(rows)) });
  expect(joined([of(3), of(4), of(5)], 6).inputs.shape).toEqual([7, 2]);
  expect(joined([of(3), of(4), of(5)], 6).targets.shape).toEqual([7]);
  expect(joined([of(9), of(4)], 6).inputs.shape).toEqual([9, 2]);
  expect(joined([of(5), of(4)], 6).inputs.shape).toEqual([9, 2]);
});
