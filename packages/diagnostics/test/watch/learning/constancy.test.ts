import {
  add,
  backward,
  Generator,
  mul,
  randn,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { constant, crossEntropy, type Linear, type Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Contraction } from "../../../src/trace/network.ts";
import { Constancy } from "../../../src/watch/learning/constancy.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

const rows = randn(new Generator("constancy"), [16, 3], "f64");
const level = tensor([[1, 2, 2]], { dtype: "f64" });

/** A last layer that makes ±`spread` around a level of root mean square √3. */
const layer = (spread: number, { place = "last", examples = 16, weightFirst = false } = {}): Contraction => {
  const some = mul(spread, tensor((rows.toArray() as number[][]).slice(0, examples), { dtype: "f64" }));
  const output = add(level, some);
  return {
    place,
    output: weightFirst ? transpose(output) : output,
    weightFirst,
    cotangent: output as Tensor,
    node: { op: { contraction: "plain" } },
    feeds: false,
    below: null,
  } as unknown as Contraction;
};

/** What is said of one layer after another. */
const said = (...layers: Contraction[]): (number | null)[] => {
  const constancy = new Constancy();
  return layers.map((each) => constancy.next([each])[0]?.measured.value ?? null);
};

describe("a network that makes the same of all examples", () => {
  it("is found where it told them apart before", () => {
    const [before, now] = said(layer(0.1), layer(1e-4));
    expect(before).toBe(null);
    expect(now).toBeGreaterThan(3e-5);
    expect(now).toBeLessThan(1e-4);
    expect(said(layer(0.1), layer(3e-4))).toEqual([null, null]);
    expect(said(layer(0.1, { weightFirst: true }), layer(1e-4, { weightFirst: true }))[1]).toBeCloseTo(
      now as number,
      12,
    );
  });

  it("is measured by what differs from the mean of each unit, as a share of all", () => {
    const d = 1e-5;
    const output = tensor([[1 + 7 * d], ...Array.from({ length: 7 }, () => [1 - d])], { dtype: "f64" });
    const [, measured] = said(layer(0.1), { ...layer(0), output, cotangent: output });
    expect(measured).toBeCloseTo(Math.sqrt((7 * d ** 2) / (1 + 7 * d ** 2)), 14);
  });

  it("is none where it never did, or another one does", () => {
    expect(said(layer(1.2e-3), layer(1e-5))).toEqual([null, null]);
    expect(said(layer(3e-3), layer(1e-5))[1]).not.toBe(null);
    expect(said(layer(0.1), layer(1e-5, { place: "other" }))).toEqual([null, null]);
  });

  it("is none where few examples are seen, no layer, or no numbers", () => {
    expect(said(layer(0.1), layer(1e-5, { examples: 7 }))).toEqual([null, null]);
    expect(said(layer(0.1), layer(1e-5, { examples: 8 }))[1]).not.toBe(null);
    expect(new Constancy().next([])).toEqual([]);
    expect(said(layer(0.1), layer(Number.NaN))).toEqual([null, null]);
  });
});

it("is told by a watcher, at a look", () => {
  const { inputs, targets } = classes({ seed: "constancy" });
  const model: Sequential = plain({
    width: 8,
    depth: 3,
    activation: tanh,
    weights: 1,
    bias: constant(0.3),
    seed: "constancy",
  });
  using watcher = watch({ unitsEvery: 2 });
  for (let step = 0; step < 3; step++) {
    const { weight } = model.layers[0] as Linear;
    if (step === 1) weight.assign(mul(weight.detach(), 1e-6));
    backward(crossEntropy(model.call(inputs), targets));
  }
  const found = watcher.findings.find(({ finding: { detector } }) => detector === "watch.constancy");
  expect([found?.step, found?.finding.fault, found?.finding.places]).toEqual([2, "dead", ["layers.4"]]);
});
