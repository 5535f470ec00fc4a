import { elu, Generator, linear, mul, parameter, randn, relu, tensor, zeros } from "@isograd/autograd";
import { mseLoss } from "@isograd/nn";
import { expect, it } from "vitest";
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

it("takes as many batches as it needs", () => {
  const of = (rows: number) => ({ inputs: zeros([rows, 2]), targets: tensor(new Int32Array(rows)) });
  expect(joined([of(3), of(4), of(5)], 6).inputs.shape).toEqual([7, 2]);
  expect(joined([of(3), of(4), of(5)], 6).targets.shape).toEqual([7]);
  expect(joined([of(9), of(4)], 6).inputs.shape).toEqual([9, 2]);
});
