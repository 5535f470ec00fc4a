import {
  add,
  defineActivation,
  div,
  exp,
  Generator,
  log,
  matmul,
  mean,
  mul,
  parameter,
  randn,
  sqrt,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  withScope,
} from "@isograd/autograd";
import { type Diagnosis, diagnose, type Finding, type Loss, type Model } from "@isograd/diagnostics";
import { ActivationLayer, crossEntropy, Linear, mseLoss, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";

const generator = new Generator(9);
const weight = parameter(randn(generator, [3, 4]));
const inputs = randn(generator, [5, 3]);
const targets = randn(generator, [5, 4]);

function onlyFinding({ verdict, findings }: Diagnosis): Finding {
  expect(verdict).toBe("nonFinite");
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ fault: "nonFinite", severity: "alarm" });
  return findings[0];
}

const find = (model: Model, loss: Loss = mseLoss, batch = { inputs, targets }): Finding =>
  onlyFinding(diagnose(model, batch, loss));

/** This file's line that calls `marked`, as an error's stack shows it. */
function lineOf(marked: string, source: string): string {
  return `non-finite.test.ts:${source.split("\n").findIndex((line) => line.includes(marked)) + 1}`;
}

const source = await import("node:fs").then(({ readFileSync }) =>
  readFileSync(new URL(import.meta.url), "utf8"),
);

describe("the data", () => {
  const holed = (x: Tensor, at: number, value: number): Tensor => {
    const data = x.values().slice();
    data[at] = value;
    return tensor(data, { shape: x.shape });
  };

  it("is named by its row", () => {
    const finding = find((x) => matmul(x, weight), mseLoss, {
      inputs: holed(inputs, 7, Number.NaN),
      targets,
    });
    expect(finding.detector).toBe("nonFinite.data");
    expect(finding.measured.statistic).toBe("example 2 of the batch holds NaN");
    expect(finding.causes[0].part).toBe("data");
  });

  it("may be the targets", () => {
    const finding = find((x) => matmul(x, weight), mseLoss, {
      inputs,
      targets: holed(targets, 16, Infinity),
    });
    expect(finding.measured.statistic).toBe("target 4 of the batch holds Infinity");
  });
});

it("a parameter that is NaN already is named with its layer", () => {
  const model = plain({ width: 8, depth: 3, activation: tanh, seed: 1 });
  const middle = model.layers[2] as Linear;
  middle.weight.assign(tensor(new Float32Array(64).fill(Number.NaN), { shape: [8, 8] }));
  const finding = onlyFinding(diagnose(model, classes({ seed: 1 }), crossEntropy));
  expect(finding).toMatchObject({ detector: "nonFinite.parameter", places: ["layers.2"] });
  expect(finding.measured.statistic).toBe("a weight of layers.2 is NaN");
});

describe("the first operation", () => {
  it("is named with its layer, the user's line and the range of its operands: overflow deep inside", () => {
    const deep = (x: Tensor): Tensor => exp(mul(x, 1e4)); // overflows
    const linear = (inFeatures: number): Linear =>
      new Linear({ inFeatures, outFeatures: 4, generator: generator.fork(`${inFeatures}`) });
    const model = new Sequential([linear(3), new Sequential([new ActivationLayer(tanh), deep]), linear(4)]);
    const finding = find(model);
    expect(finding.places).toEqual(["layers.1.layers.1"]);
    expect(finding.measured.statistic).toBe("first at exp in layers.1.layers.1");
    expect(finding.causes[0].explanation).toMatch(/operands: \[5, 4\] in \[-?[\d.]+, [\d.]+\]/);
    expect(finding.causes[0].explanation).toContain(lineOf("// overflows", source));
  });

  it("is the activation's fault where it is one", () => {
    const exponential = defineActivation({ name: "exponential", f: exp });
    const model = (x: Tensor): Tensor => exponential(mul(x, weight));
    const weight = parameter(1e4);
    const [{ causes }] = diagnose(model, classes({ seed: 1 }), crossEntropy).findings;
    expect(causes[0].part).toBe("activation");
    const [other] = diagnose((x: Tensor) => exp(mul(x, weight)), classes({ seed: 1 }), crossEntropy).findings;
    expect(other.causes[0].part).toBe("operation");
  });

  it("may be a rule of the sweep: a division by zero on the way back only", () => {
    const model = (x: Tensor): Tensor =>
      withScope("norm", () => {
        const product = matmul(mul(x, 0), weight);
        return sqrt(square(product)); // infinite slope
      });
    const finding = find(model, (y) => sum(y));
    expect(finding.places).toEqual(["norm"]);
    expect(finding.measured.statistic).toBe("first at the gradient of sqrt in norm");
    expect(finding.causes[0].explanation).toContain(lineOf("// infinite slope", source));
  });

  it("may be the loss", () => {
    const infinite = (y: Tensor, t: Tensor): Tensor => div(mean(square(add(y, mul(t, 0)))), 0);
    const finding = find((x) => matmul(x, weight), infinite);
    expect(finding.measured.statistic).toBe("first at div");
    expect(finding.places).toEqual([]);
  });

  it("may lie far above what is finite for the largest numbers", () => {
    const model = plain({ width: 16, depth: 6, activation: tanh, weights: 1, seed: 1 });
    const loss: Loss = (y, t) => crossEntropy(mul(y, 1e38), t);
    const { verdict, loss: value } = diagnose(model, classes({ seed: 1 }), loss);
    expect(verdict).toBe("nonFinite");
    expect(Number.isFinite(value)).toBe(false);
  });

  it("may be the logarithm of nothing", () => {
    const finding = find(
      (x) => matmul(x, weight),
      (y) => mean(log(mul(y, 0))),
    );
    expect(finding.measured.statistic).toBe("first at log");
    expect(finding.causes[0].explanation).toContain("in [0, 0]");
  });
});

it("chance is named where a second pass is finite", () => {
  let passes = 0;
  const model = (x: Tensor): Tensor => mul(matmul(x, weight), passes++ === 0 ? Number.POSITIVE_INFINITY : 1);
  const finding = find(model);
  expect(finding.detector).toBe("nonFinite.pass");
  expect(finding.causes[0].explanation).toContain("draws at random");
});

it("large and tiny numbers are finite", () => {
  const { verdict } = diagnose((x: Tensor) => matmul(mul(x, 1e15), weight), { inputs, targets }, mseLoss);
  expect(verdict).toBe("healthy");
});
