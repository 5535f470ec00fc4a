import {
  add,
  defineActivation,
  Generator,
  matmul,
  mul,
  parameter,
  randn,
  relu,
  round,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from "@isograd/autograd";
import { diagnose, type Finding } from "@isograd/diagnostics";
import { BatchNorm1d, crossEntropy, mseLoss, normal } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { detectGradientFlow } from "../../src/detectors/gradient-flow.ts";
import type { FlowProfile } from "../../src/flow/profile.ts";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";
import { recurrent } from "../networks/structured.ts";

function findingsOf(options: Omit<Plain, "seed" | "width">): readonly Finding[] {
  const model = plain({ width: 32, seed: "flow", ...options });
  return diagnose(model, classes({ seed: "flow" }), crossEntropy).findings;
}

/** The parts named by a finding, the most important first. */
const partsOf = ({ causes }: Finding): string[] => causes.map(({ part }) => part);

describe("an alarm", () => {
  it("comes for weights that are too large, and names them with their excess", () => {
    const [finding] = findingsOf({ depth: 16, activation: relu, weights: 8 });
    expect(finding).toMatchObject({ detector: "gradientFlow", fault: "exploding", severity: "alarm" });
    expect(finding.places).toHaveLength(16);
    expect(finding.measured.statistic).toBe("gradient norm at layers.0 over that at layers.30");
    expect(finding.pValue).toBeLessThan(1e-6);
    expect(finding.measured.value).toBeGreaterThan(1e3);
    expect(partsOf(finding)[0]).toBe("weights");
    expect(finding.causes[0].logShare).toBeCloseTo(Math.log(4), 0);
  });

  it("comes for weights that are too small", () => {
    const [finding] = findingsOf({ depth: 16, activation: relu, weights: 0.5 });
    expect(finding).toMatchObject({ fault: "vanishing", severity: "alarm" });
    expect(partsOf(finding)[0]).toBe("weights");
    expect(finding.causes[0].logShare).toBeCloseTo(-Math.log(4), 0);
  });

  it("names the activation where no weights make up for it", () => {
    const [finding] = findingsOf({ depth: 10, activation: sigmoid, weights: 1 });
    expect(finding).toMatchObject({ fault: "vanishing", severity: "alarm" });
    expect(partsOf(finding)[0]).toBe("activation");
    expect(finding.causes[0].explanation).toContain("no weights that a network can train with");
  });

  it("comes for two layers as well", () => {
    const [finding] = findingsOf({ depth: 2, activation: tanh, weights: 1e9 });
    expect(finding.severity).toBe("alarm");
    const narrow = { inputs: 4, width: 8, depth: 2, outputs: 8, activation: relu, seed: 0 } as const;
    const model = plain({ ...narrow, weights: normal({ std: 1e5 }) });
    const { verdict } = diagnose(model, classes({ seed: 0, inputs: 4, classes: 8 }), crossEntropy);
    expect(verdict).toBe("exploding");
  });

  it("comes where the architecture itself is at fault: batch normalisation in a deep plain network", () => {
    const behind = (numFeatures: number): BatchNorm1d => new BatchNorm1d({ numFeatures });
    const [finding] = findingsOf({ depth: 60, activation: relu, weights: 2, behind });
    expect(finding).toMatchObject({ fault: "exploding", severity: "alarm", pValue: null });
    expect(finding.band?.[0]).toBeGreaterThan(1e3);
    expect(finding.causes[0].explanation).toContain("whatever the initialisation");
  });
});

it("is an alarm where an explosion shows in the loss, whatever other networks of the architecture do", () => {
  const wild = { totalFactor: 1.01e3, band: [1e-6, 1e6], pValue: 0.3 } as const;
  const severities = (numbers: Parameters<typeof profile>[0], excess: number) =>
    detectGradientFlow(profile(numbers), { excess }).map(({ severity }) => severity);
  expect(severities(wild, 5.1)).toEqual(["alarm"]);
  expect(severities(wild, 4.9)).toEqual([]);
  expect(severities({ ...wild, totalFactor: 0.99e3 }, 5.1)).toEqual([]);
  expect(severities({ ...wild, totalFactor: 1e-4 }, 5.1)).toEqual([]);
});

describe("no alarm", () => {
  it("but information: significant and harmless", () => {
    const [finding] = findingsOf({ depth: 8, activation: relu, weights: 1 });
    expect(finding).toMatchObject({ fault: "vanishing", severity: "info" });
    expect(finding.pValue).toBeLessThan(0.001);
    const times = Number((1 / finding.measured.value).toPrecision(2));
    expect(finding.consequence).toContain(`the first layers learn some ${times} times more slowly`);
    expect(finding.consequence).toContain("no harm at this depth");
  });

  it("for a harmful factor that healthy networks of the same architecture show as well", () => {
    const flow = profile({ totalFactor: 1e-4, band: [1e-6, 1e2], pValue: 0.3 });
    expect(detectGradientFlow(flow)).toEqual([]);
  });

  it("for gradients that fade through time, as they do in healthy networks of one weight", () => {
    const { model, batch, loss } = recurrent("long", 40);
    const { verdict, flow } = diagnose(model, batch, loss);
    expect(flow.totalFactor).toBeLessThan(1e-3);
    expect(verdict).toBe("healthy");
  });

  it("but information, where the same weights learn further up", () => {
    const lost = profile({ totalFactor: 1e-5, band: [0.1, 10], pValue: 1e-9 });
    const [first, ...others] = lost.layers;
    const shared = { ...first, largestGradientNorm: 1e4 * first.gradientNorm };
    const [finding] = detectGradientFlow({ ...lost, layers: [shared, ...others] });
    expect(finding).toMatchObject({ fault: "vanishing", severity: "info" });
    expect(finding.consequence).toContain("learn from there");
  });

  it("for a healthy network", () => {
    expect(findingsOf({ depth: 16, activation: relu, weights: 2 })).toEqual([]);
  });
});

const twoLayers = plain({ width: 8, depth: 2, activation: tanh, seed: 0 });
const { flow } = diagnose(twoLayers, classes({ seed: 0 }), crossEntropy, { redraws: 8 });

/** A profile of two layers with the given numbers. */
function profile(numbers: {
  totalFactor: number;
  band: readonly [number, number];
  pValue: number;
}): FlowProfile {
  const { totalFactor, band, pValue } = numbers;
  return { ...flow, totalFactor, healthy: flow.healthy && { ...flow.healthy, band, pValue } };
}

describe("the verdict turns exactly", () => {
  const band = [0.1, 10] as const;
  it.each([
    [1.01e3, 1e-4, "alarm"],
    [0.99e3, 1e-4, "info"],
    [1 / 1.01e3, 1e-4, "alarm"],
    [1 / 0.99e3, 1e-4, "info"],
    [1.01e3, 0.00039, "alarm"],
  ])("at a factor of 10³ and a p of 0.0004: %f, %f is %s", (totalFactor, pValue, severity) => {
    expect(detectGradientFlow(profile({ totalFactor, band, pValue }))[0].severity).toBe(severity);
  });

  it("between vanishing and exploding at a factor of 1", () => {
    const faultOf = (totalFactor: number) =>
      detectGradientFlow(profile({ totalFactor, band, pValue: 1e-9 }))[0].fault;
    expect([0.99, 1.01].map(faultOf)).toEqual(["vanishing", "exploding"]);
  });

  it("and stays silent just above p = 0.0004", () => {
    expect(detectGradientFlow(profile({ totalFactor: 1e5, band, pValue: 0.00041 }))).toEqual([]);
  });

  it("by Holm's correction, with the other tests of the same pass", () => {
    const of = (others: number[]) =>
      detectGradientFlow(profile({ totalFactor: 1e5, band, pValue: 0.0003 }), { others });
    expect(of([1e-9])).toHaveLength(1);
    expect(of([0.9])).toEqual([]);
    expect(of([1e-9])[0].pValue).toBe(0.0003);
  });

  it("at five times the loss of an output of zeros, where signals explode with their gradients", () => {
    const of = (totalFactor: number, excess: number, pValue = 1e-4) =>
      detectGradientFlow(profile({ totalFactor, band, pValue }), { excess }).map(({ severity }) => severity);
    expect(of(20, 5.1)).toEqual(["alarm"]);
    expect(of(20, 4.9)).toEqual(["info"]);
    expect(of(20, Number.NaN)).toEqual(["info"]);
    expect(of(1 / 20, 100)).toEqual(["info"]);
    expect(of(20, 100, 0.01)).toEqual([]);
    const loud = findingsOf({ depth: 4, activation: relu, weights: 2 * 5 ** 2 });
    expect(loud[0]).toMatchObject({ fault: "exploding", severity: "alarm" });
    expect(loud[0].consequence).toContain("times that of an output of zeros");
  });

  it("where hardly any contrast is left, and whatever the roughness", () => {
    const of = (totalFactor: number, numbers: Partial<FlowProfile>) =>
      detectGradientFlow({ ...profile({ totalFactor, band, pValue: 1e-4 }), ...numbers }).map(
        ({ severity }) => severity,
      );
    expect([of(0.05, { contrast: 0.9e-4 }), of(0.05, { contrast: 1.1e-4 })]).toEqual([["alarm"], ["info"]]);
    expect([of(20, { roughness: 1e3 }), of(20, { contrast: 0.9e-4 })]).toEqual([["info"], ["info"]]);
  });

  it("where all healthy networks are beyond harm", () => {
    const of = (edges: readonly [number, number]) =>
      detectGradientFlow(profile({ totalFactor: 1e5, band: edges, pValue: 0.5 })).map(
        ({ severity }) => severity,
      );
    expect(of([1.01e3, 1e7])).toEqual(["alarm"]);
    expect(of([0.99e3, 1e7])).toEqual([]);
    const vanishing = (edges: readonly [number, number]) =>
      detectGradientFlow(profile({ totalFactor: 1e-5, band: edges, pValue: 0.5 })).length;
    expect([vanishing([1e-7, 0.99e-3]), vanishing([1e-7, 1.01e-3])]).toEqual([1, 0]);
  });
});

describe("a gradient of exactly zero", () => {
  const batch = {
    inputs: tensor([
      [1, 2],
      [3, 4],
    ]),
    targets: tensor([[1], [2]]),
  };
  const [a, b] = [
    parameter([
      [1, 2],
      [3, 4],
    ]),
    parameter([[1], [1]]),
  ];

  it("is an alarm that names who gets none", () => {
    const flat = defineActivation({ name: "flat", f: (x) => mul(round(x), 1) });
    const { findings, verdict } = diagnose((x: Tensor) => matmul(flat(matmul(x, a)), b), batch, mseLoss);
    expect(verdict).toMatch(/dead|vanishing/);
    expect(findings[0].severity).toBe("alarm");
  });

  it("at the loss itself is an alarm as well, unless the loss is 0", () => {
    const model = (x: Tensor): Tensor => matmul(tanh(matmul(x, a)), b);
    const stuck = (y: Tensor, t: Tensor): Tensor => add(mul(mseLoss(y, t), 0), 3);
    const { verdict, findings } = diagnose(model, batch, stuck);
    expect(verdict).toBe("vanishing");
    expect(findings[0].places).toEqual(["matmul 1", "matmul 2"]);
    expect(findings[0].consequence).toContain("never change");
    const learnt = (y: Tensor, t: Tensor): Tensor => mul(mseLoss(y, t), 0);
    expect(diagnose(model, batch, learnt).verdict).toBe("healthy");
  });

  it("is as it should be where the loss is 0", () => {
    const exact = { inputs: batch.inputs, targets: matmul(matmul(batch.inputs, a), b).detach() };
    const { verdict, loss } = diagnose((x: Tensor) => matmul(matmul(x, a), b), exact, mseLoss);
    expect([verdict, loss]).toEqual(["healthy", 0]);
  });

  /** tanh between layers whose weights are zero or not, as listed. */
  function withZeros(...zero: boolean[]): Finding {
    const weights = zero.map((isZero, k) => (isZero ? zeros([2, 2]) : randn(new Generator(k), [2, 2])));
    const leaves = weights.map((weight) => parameter(weight));
    const model = (x: Tensor): Tensor =>
      leaves.reduce((h, weight, k) => matmul(k === 0 ? h : tanh(h), weight), x);
    const targets = tensor([
      [1, 2],
      [3, 5],
    ]);
    const { findings } = diagnose(model, { inputs: batch.inputs, targets }, mseLoss);
    return findings.find(({ detector }) => detector === "gradientFlow") as Finding;
  }

  it("is only worth knowing where weights begin at zero and get a gradient", () => {
    const finding = withZeros(false, false, true);
    expect(finding).toMatchObject({ fault: "vanishing", severity: "info", pValue: null });
    expect(finding.places).toEqual(["matmul 1", "matmul 2"]);
    expect(finding.causes[0]).toMatchObject({ part: "weights" });
    expect(finding.consequence).toContain("no longer once matmul 3 changed");
  });

  it("is an alarm where weights of zero get no gradient either, and names them", () => {
    const finding = withZeros(false, true, true);
    expect(finding).toMatchObject({ fault: "vanishing", severity: "alarm" });
    expect(finding.causes[0]).toMatchObject({ part: "weights" });
    expect(finding.causes[0].explanation).toContain("all weights of matmul 3 are zero");
  });

  it("does not come from numbers that are only small", () => {
    const [finding] = findingsOf({ depth: 12, activation: relu, weights: 1e-3, dtype: "f64" });
    expect(finding.fault).toBe("vanishing");
    expect(finding.measured.value).toBeGreaterThan(0);
  });
});
