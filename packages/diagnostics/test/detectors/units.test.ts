import {
  binomialTail,
  conv2d,
  full,
  Generator,
  hardtanh,
  matmul,
  mul,
  parameter,
  prelu,
  randn,
  relu,
  sigmoid,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { type Diagnosis, diagnose, type Finding, type UnitReport } from "@isograd/diagnostics";
import { type Conv2d, constant, crossEntropy, initialize, Linear, type Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { detectUnits } from "../../src/detectors/units.ts";
import type { ActivationUse } from "../../src/trace/network.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";
import { convolutional } from "../networks/structured.ts";

/** A report of one layer with so many dead units. */
const report = (units: number, dead: number, expectedDead: number, examples = 64): UnitReport => ({
  place: "layer",
  activation: "relu",
  units,
  examples,
  dead,
  saturated: 0,
  passed: 0.7,
  expectedDead,
  expectedSaturated: 0,
});

const use = (): ActivationUse => ({
  place: "layer",
  activation: relu,
  inputs: [tensor([1])],
  output: tensor([1]),
  contraction: null,
  cotangent: null,
});

const findingsFor = (reports: UnitReport[], cut = false): Finding[] =>
  detectUnits(reports.map(use), reports, { cut });

describe("the binomial bound is exact", () => {
  it.each([
    [64, 0.5],
    [256, 0.5],
    [64, 0.317],
    [10, 0.5],
    [2000, 0.5],
  ])("fires just above, is silent just below: %i units, a share of %f", (units, share) => {
    let bound = 0;
    while (binomialTail(units, bound, share) >= 0.0004) bound++;
    expect(binomialTail(units, bound, share)).toBeLessThan(0.0004);
    expect(findingsFor([report(units, bound, share)])).toHaveLength(1);
    expect(findingsFor([report(units, bound - 1, share)])).toEqual([]);
  });

  it("is Holm's over several layers", () => {
    const silent = report(64, 20, 0.5);
    const borderline = report(64, 46, 0.5); // p = 0.0003
    expect(findingsFor([borderline])).toHaveLength(1);
    expect(findingsFor([borderline, silent, silent])).toEqual([]);
    expect(findingsFor([silent, report(64, 50, 0.5), silent])[0].places).toEqual(["layer"]);
  });

  it("is Holm's over other tests of the same pass as well", () => {
    const reports = [report(64, 46, 0.5)];
    const of = (others: number[]) => detectUnits(reports.map(use), reports, { others });
    expect(of([1e-9])).toHaveLength(1);
    expect(of([0.5])).toEqual([]);
  });

  it("shows the count that healthy layers stay below", () => {
    const [{ band, pValue, measured }] = findingsFor([report(64, 60, 0.5)]);
    expect(measured.value).toBe(60 / 64);
    expect(binomialTail(64, 64 * (band?.[1] as number) + 1, 0.5)).toBeLessThan(0.001);
    expect(binomialTail(64, 64 * (band?.[1] as number), 0.5)).toBeGreaterThan(0.001);
    expect(pValue).toBeCloseTo(binomialTail(64, 60, 0.5), 18);
    // Where not one is likely, none: the first of four has p = 4e-5.
    expect(findingsFor([report(4, 4, 1e-5)])[0].band).toEqual([0, 0]);
  });

  it("shows the layer that has the largest share", () => {
    const layers = [60, 62, 58].map((dead) => ({ ...report(64, dead, 0.5), place: `layer of ${dead}` }));
    const [{ measured, places }] = findingsFor(layers);
    expect(measured).toEqual({ statistic: "share of dead units in layer of 62 (62 of 64)", value: 62 / 64 });
    expect(places).toHaveLength(3);
  });
});

describe("how grave it is", () => {
  it.each([
    [64, 58, "alarm"],
    [64, 57, "warning"],
    [200, 140, "warning"],
  ])("of %i units %i dead: %s", (units, dead, severity) => {
    expect(findingsFor([report(units, dead, 0.2)])[0].severity).toBe(severity);
  });

  it("is only worth knowing where most units live, or where few examples were seen", () => {
    expect(findingsFor([report(200, 139, 0.2)])[0].severity).toBe("info");
    expect(findingsFor([report(200, 190, 0.5, 15)])[0].severity).toBe("info");
    expect(findingsFor([report(200, 190, 0.5, 16)])[0].severity).toBe("alarm");
    expect(findingsFor([report(200, 200, 0.5, 1)])[0].severity).toBe("alarm");
  });

  it("is only worth knowing where a few examples find all of a layer saturated", () => {
    const severity = (examples: number) => {
      const saturated = { saturated: 200, passed: 0.01, expectedSaturated: 0.07 };
      return findingsFor([{ ...report(200, 0, 0, examples), ...saturated }])[0].severity;
    };
    expect([15, 16].map(severity)).toEqual(["info", "alarm"]);
  });

  it("is none for a narrow layer that a few examples find asleep, unless it is flat everywhere", () => {
    expect(findingsFor([report(4, 4, 0.5, 15)], true)).toEqual([]);
    expect(findingsFor([report(4, 4, 0.5, 16)], true)).toHaveLength(1);
    expect(findingsFor([report(4, 4, 1, 1)], true)).toHaveLength(1);
  });

  it("is an alarm for a narrow layer that chance killed, where nothing passes it", () => {
    expect(findingsFor([report(4, 4, 0.5)])).toEqual([]);
    const [finding] = findingsFor([report(4, 4, 0.5)], true);
    expect(finding).toMatchObject({ fault: "dead", severity: "alarm" });
    expect(finding.pValue).toBeCloseTo(1 / 16, 12);
    expect(finding.consequence).toContain("no gradient passes layer");
    const consequences = [findingsFor([report(64, 64, 0.5)]), findingsFor([report(64, 60, 0.5)], true)];
    for (const [{ consequence }] of consequences)
      expect(consequence).toContain("can only come back by chance");
  });
});

const batch = classes({ seed: "units", examples: 64 });
const relus = (bias: number, depth = 4): Sequential =>
  plain({ width: 40, depth, activation: relu, weights: 2, bias: constant(bias), seed: "units" });

/** The first finding about units. */
const about = ({ findings }: Diagnosis): Finding =>
  findings.find(({ detector }) => detector === "units") as Finding;

describe("causes", () => {
  it("are the biases where they hold the units down", () => {
    const diagnosis = diagnose(relus(-10), batch, crossEntropy);
    expect(diagnosis.verdict).toBe("dead");
    expect(about(diagnosis).causes[0].part).toBe("bias");
    expect(about(diagnosis).causes[0].explanation).toContain("the biases average -10");
    expect(diagnosis.findings).toHaveLength(1); // the gradient that is missing below is the same finding
  });

  it("are the biases of a convolution too", () => {
    const { model, batch: images, loss } = convolutional("units", false);
    const { bias } = (model as Sequential).layers[0] as Conv2d;
    (bias as Tensor).assign(full([6], -50));
    const [cause] = about(diagnose(model, images, loss)).causes;
    expect(cause.part).toBe("bias");
    expect(cause.explanation).toContain("the biases average -50");
  });

  it("are the inputs where these are large", () => {
    const model = plain({ width: 40, depth: 4, activation: tanh, weights: 1, seed: "units" });
    const large = { ...batch, inputs: mul(batch.inputs, 200).detach() };
    const diagnosis = diagnose(model, large, crossEntropy);
    expect(diagnosis.verdict).toContain("saturated");
    expect(about(diagnosis).causes[0].part).toBe("data");
    expect(about(diagnosis).places[0]).toBe("layers.0");
  });

  it("are the weights where these are", () => {
    const model = plain({ width: 40, depth: 4, activation: tanh, weights: 4e4, seed: "units" });
    const finding = about(diagnose(model, batch, crossEntropy));
    expect(finding).toMatchObject({ fault: "saturated", severity: "alarm" });
    expect(finding.causes[0].part).toBe("weights");
  });
});

describe("healthy layers are silent", () => {
  it("half of the units of a deep ReLU network are off", () => {
    const { verdict, units } = diagnose(relus(0, 20), batch, crossEntropy);
    expect(verdict).toBe("healthy");
    const last = units[units.length - 1];
    expect(last.dead / last.units).toBeGreaterThan(0.2);
    expect(last.dead / last.units).toBeLessThan(0.75);
  });

  it("a quarter of the units of hard tanh are, for one example", () => {
    const model = plain({ width: 200, depth: 3, activation: hardtanh, weights: 1, seed: "units" });
    const one = classes({ seed: "units", examples: 1 });
    expect(diagnose(model, one, crossEntropy).verdict).toBe("healthy");
  });
});

describe("the units of", () => {
  it("images are their channels", () => {
    const { model, batch: images, loss } = convolutional("units", false);
    const { units } = diagnose(model, images, loss, { redraws: 0 });
    expect(units.map(({ units: count, examples }) => [count, examples])).toEqual([
      [6, 1024],
      [8, 1024],
      [8, 256],
    ]);
    const convolution = (model as Sequential).layers[0] as Conv2d;
    const bias = convolution.bias as Tensor;
    bias.assign(tensor([-50, 0, 0, -50, 0, 0]));
    expect(diagnose(model, images, loss, { redraws: 0 }).units[0].dead).toBe(2);
  });

  it("sequences and of heads in attention are the last axis", () => {
    const linear = new Linear({ inFeatures: 5, outFeatures: 7, generator: new Generator(1) });
    for (const shape of [
      [4, 3],
      [4, 3, 2],
    ]) {
      const inputs = randn(new Generator(2), [...shape, 5]);
      const model = (x: Tensor): Tensor => relu(linear.call(x));
      const [{ units, examples }] = diagnose(model, { inputs, targets: inputs }, (y) => sum(y)).units;
      expect([units, examples]).toEqual([7, shape.reduce((a, b) => a * b, 1)]);
    }
  });

  it("a parametric activation are judged by what it has learnt", () => {
    const weight = parameter(randn(new Generator(3), [16, 64]));
    const of = (slope: number): Diagnosis => {
      const learnt = parameter(slope);
      const model = (x: Tensor): Tensor => prelu(matmul(x, weight), learnt);
      return diagnose(model, batch, (y) => sum(y));
    };
    expect(of(0.25).units[0]).toMatchObject({ dead: 0, expectedDead: 0 });
    expect(of(0).units[0].expectedDead).toBe(0.5);
    expect(of(0).verdict).toBe("healthy");
  });
});

it("dead is dead on every example: one that lives is enough", () => {
  const weight = parameter(full([1, 8], 1));
  const inputs = tensor([[-1], [-2], [-3], [0.1]]);
  const model = (x: Tensor): Tensor => relu(matmul(x, weight));
  const [living] = diagnose(model, { inputs, targets: inputs }, (y) => sum(y), { redraws: 0 }).units;
  expect(living.dead).toBe(0);
  const still = tensor([[-1], [-2], [-3], [-0.1]]);
  const [dead] = diagnose(model, { inputs: still, targets: still }, (y) => sum(y), { redraws: 0 }).units;
  expect(dead.dead).toBe(8);
});

describe("saturation", () => {
  /** Layers with sixty of 64 units saturated that let so much of the gradient through. */
  const severityOf = (...passed: number[]): string =>
    findingsFor(
      passed.map((share) => ({ ...report(64, 0, 0), saturated: 60, passed: share, expectedSaturated: 0.07 })),
    )[0].severity;

  it("hurts where a layer lets less than a tenth of the gradient through", () => {
    expect([severityOf(0.099), severityOf(0.101)]).toEqual(["alarm", "info"]);
  });

  it("hurts where all of them together let less than a hundredth through", () => {
    expect([severityOf(0.2, 0.2, 0.2), severityOf(0.25, 0.25, 0.25)]).toEqual(["alarm", "info"]);
  });

  it("is not known to hurt where no gradient arrives", () => {
    expect(severityOf(Number.NaN)).toBe("info");
  });

  it("lets pass what the slopes where the gradient lives do: sech² 2 of tanh", () => {
    const inputs = tensor([[2], [-2]]);
    const weight = parameter(full([1, 3], 1));
    const [{ passed }] = diagnose(
      (x: Tensor) => tanh(matmul(x, weight)),
      { inputs, targets: inputs },
      (y) => sum(y),
    ).units;
    expect(passed).toBeCloseTo(1 / Math.cosh(2) ** 2, 5);
  });
});

it("saturated is saturated on most examples, far out on the side", () => {
  const weight = parameter(full([1, 8], 1));
  const of = (values: number[]): UnitReport => {
    const inputs = tensor(values.map((value) => [value]));
    const model = (x: Tensor): Tensor => sigmoid(matmul(x, weight));
    return diagnose(model, { inputs, targets: inputs }, (y) => sum(y), { redraws: 0 }).units[0];
  };
  expect(of([3.7, -3.7, 0]).saturated).toBe(8);
  expect(of([3.6, -3.6, 0]).saturated).toBe(0);
  expect(of([3.7, 0, -3.7, 0]).saturated).toBe(0); // half is not most
});

it("counts convolution and activation without a scope by their order", () => {
  const weight = parameter(randn(new Generator(4), [3, 1, 2, 2]));
  const inputs = randn(new Generator(5), [2, 1, 4, 4]);
  const model = (x: Tensor): Tensor => relu(conv2d(x, weight));
  expect(diagnose(model, { inputs, targets: inputs }, (y) => sum(y)).units[0].place).toBe("convolution 1");
});

it("a model begun anew is healthy again", () => {
  const model = relus(-10);
  initialize(model, { seed: 1, bias: constant(0) });
  expect(diagnose(model, batch, crossEntropy).verdict).toBe("healthy");
});
