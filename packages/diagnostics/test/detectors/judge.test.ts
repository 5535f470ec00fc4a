import { relu, tanh } from "@isograd/autograd";
import { diagnose, type Finding } from "@isograd/diagnostics";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { type Evidence, judgeNetwork } from "../../src/detectors/judge.ts";
import { widthPValue } from "../../src/detectors/wide-weights.ts";
import type { UnitReport } from "../../src/diagnosis.ts";
import { chainOf } from "../../src/flow/chain.ts";
import type { FlowProfile } from "../../src/flow/profile.ts";
import { trace } from "../../src/trace/trace.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";

const batch = classes({ seed: 0 });
const { flow } = diagnose(plain({ width: 8, depth: 3, activation: tanh, seed: 0 }), batch, crossEntropy, {
  redraws: 8,
});

const use: Evidence["activations"][number] = {
  place: "layer",
  activation: relu,
  inputs: [batch.inputs],
  output: batch.inputs,
  contraction: null,
  cotangent: null,
};

const units = (dead: number): UnitReport => ({
  place: "layer",
  activation: "relu",
  units: 64,
  examples: 32,
  dead,
  saturated: 0,
  passed: 1,
  expectedDead: 0.5,
  expectedSaturated: 1,
});

/** A recurrence whose gradient grows through time. */
const growing = (pValue: number): FlowProfile["recurrences"][number] => ({
  place: "rnn",
  gradientNorms: Array.from({ length: 11 }, (_, t) => 3 ** (10 - t)),
  factorPerStep: 3,
  healthy: { source: "redraws", band: [0.8, 1.25], pValue, z: -9 },
  passed: [],
  omega: 4,
});

interface Case {
  /** Of the flow; null where it has no law. */
  readonly pValue?: number | null;
  /** Of the slope through time; none where nothing recurs. */
  readonly timePValue?: number;
  readonly totalFactor?: number;
  readonly uninformed?: number;
  readonly contractions?: Evidence["contractions"];
  readonly dead?: number;
  readonly loss?: number;
  readonly cut?: boolean;
  readonly alpha?: number;
}

function judged({ pValue = 0.5, timePValue, dead = 30, loss = 1, cut = false, ...more }: Case): Finding[] {
  const { totalFactor = 1e5, alpha, uninformed, contractions = [] } = more;
  return judgeNetwork({
    loss,
    contractions,
    activations: [use],
    units: [units(dead)],
    flow: {
      ...flow,
      layers: flow.layers.map((layer, k) =>
        k === 0 && cut ? { ...layer, gradientNorm: 0, largestGradientNorm: 0 } : layer,
      ),
      totalFactor: cut ? 0 : totalFactor,
      healthy: pValue === null ? null : flow.healthy && { ...flow.healthy, band: [0.1, 10], pValue },
      recurrences: timePValue === undefined ? [] : [growing(timePValue)],
    },
    alpha,
    uninformed,
  });
}

const faults = (options: Case): string[] => judged(options).map(({ fault }) => fault);

describe("all tests of a pass together", () => {
  it("are silent where none is significant", () => {
    expect(faults({})).toEqual([]);
  });

  it("report what is significant, the units before the flow", () => {
    expect(faults({ pValue: 1e-9, dead: 62 })).toEqual(["dead", "exploding"]);
  });

  it("share the chance of the first step, 0.0004, half and half", () => {
    // The flow and the units (dead: p = 0.0003; relu does not saturate).
    expect(faults({ pValue: 0.00019 })).toEqual(["exploding"]);
    expect(faults({ pValue: 0.00021 })).toEqual([]);
    expect(faults({ pValue: 0.00021, dead: 62 })).toEqual(["dead"]);
    expect(faults({ dead: 46 })).toEqual([]);
    expect(faults({ dead: 46, pValue: 1e-9 })).toEqual(["exploding"]);
    expect(faults({ pValue: 0.00021, alpha: 0.001 })).toEqual(["exploding"]);
  });

  it("correct the slope through time for the test of the flow, where there is one", () => {
    const detectors = (pValue: number | null) =>
      judged({ pValue, timePValue: 0.00015 }).map(({ detector }) => detector);
    expect(detectors(0.5)).toEqual([]);
    expect(detectors(1e-9)).toEqual(["gradientFlow", "throughTime"]);
    expect(detectors(null)).toEqual(["throughTime"]);
  });

  it("take the loss as a multiple of that of an output of zeros", () => {
    const severities = (loss: number, uninformed: number) =>
      judged({ pValue: 1e-9, totalFactor: 20, loss, uninformed }).map(({ severity }) => severity);
    expect([severities(8, 2), severities(2, 0.3)]).toEqual([["info"], ["alarm"]]);
  });
});

describe("weights that are too wide", () => {
  const traceOf = (weights: number) => {
    const model = plain({ width: 24, depth: 4, activation: relu, weights, seed: 0 });
    return trace({ model, batch, loss: crossEntropy }).contractions;
  };
  const contractions = traceOf(20);
  const detectors = (options: Case) =>
    judged({ uninformed: 1, contractions, totalFactor: 20, ...options }).map(({ detector }) => detector);

  it("are a finding of their own, unless gradients explode with the signals", () => {
    expect(detectors({ loss: 8 })).toEqual(["wideWeights"]);
    expect(detectors({ loss: 8, pValue: 1e-9 })).toEqual(["gradientFlow"]);
    expect(detectors({ loss: 8, pValue: 1e-9, totalFactor: 1e-5 })).toEqual(["gradientFlow", "wideWeights"]);
    expect(detectors({ loss: 1 })).toEqual([]);
  });

  it("have a hundredth of the chance of the first step, and take none from the flow", () => {
    const barely = traceOf(7);
    const pValue = widthPValue(chainOf(barely));
    const at = (factor: number) => detectors({ contractions: barely, loss: 8, alpha: 100 * factor * pValue });
    expect([at(1.01), at(0.99)]).toEqual([["wideWeights"], []]);
    const healthy = { contractions: traceOf(1), loss: 8 };
    expect(detectors({ ...healthy, pValue: 0.00019 })).toEqual(["gradientFlow"]);
    expect(detectors({ ...healthy, pValue: null, timePValue: 0.00019 })).toEqual(["throughTime"]);
  });
});

describe("a gradient that is cut off", () => {
  it("is one finding where a layer is dead as a whole, else that of the flow", () => {
    expect(faults({ cut: true, dead: 64 })).toEqual(["dead"]);
    expect(faults({ cut: true })).toEqual(["vanishing"]);
  });

  it("is as it should be where the loss is exactly 0, and only there", () => {
    expect(faults({ cut: true, dead: 64, loss: 0 })).toEqual([]);
    expect(faults({ cut: true, dead: 64, loss: 1e-30 })).toEqual(["dead"]);
    expect(faults({ dead: 62, loss: 0 })).toEqual(["dead"]);
  });
});
