import { relu, tanh } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { type Evidence, judgeNetwork } from "../../src/detectors/judge.ts";
import type { UnitReport } from "../../src/diagnosis.ts";
import { classes } from "../zoo/data.ts";
import { plain } from "../zoo/networks.ts";

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

interface Case {
  readonly pValue?: number;
  readonly dead?: number;
  readonly loss?: number;
  readonly cut?: boolean;
  readonly alpha?: number;
}

function faults({ pValue = 0.5, dead = 30, loss = 1, cut = false, alpha }: Case): string[] {
  const found = judgeNetwork({
    loss,
    contractions: [],
    activations: [use],
    units: [units(dead)],
    flow: {
      ...flow,
      layers: flow.layers.map((layer, k) =>
        k === 0 && cut ? { ...layer, gradientNorm: 0, largestGradientNorm: 0 } : layer,
      ),
      totalFactor: cut ? 0 : 1e5,
      healthy: flow.healthy && { ...flow.healthy, band: [0.1, 10], pValue },
    },
    alpha,
  });
  return found.map(({ fault }) => fault);
}

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
