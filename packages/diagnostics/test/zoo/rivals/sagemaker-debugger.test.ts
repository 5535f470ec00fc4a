import { describe, expect, it } from "vitest";
import { sageMakerDebugger, sageMakerDebuggerEachStep } from "../../../zoo/rivals/sagemaker-debugger.ts";
import { firings, layer, rulesOf, spread, withLayer } from "./observations.ts";

/** Rules that fire at a middle layer like this one. */
const rules = (changed: Parameters<typeof withLayer>[0]): string[] =>
  rulesOf(firings(sageMakerDebuggerEachStep, 1, () => withLayer(changed)));

describe("SageMaker Debugger", () => {
  it("is silent about a usual network", () => {
    expect(firings(sageMakerDebuggerEachStep, 20)).toEqual([]);
  });

  it("says that a gradient vanishes below a mean of 1e-7", () => {
    expect(rules({ gradient: new Float64Array(16).fill(0.99e-7) })).toEqual(["vanishing gradient"]);
    expect(rules({ gradient: new Float64Array(16).fill(-1.01e-7) })).toEqual([]);
  });

  it("says that a tensor explodes where something is not finite", () => {
    expect(rules({ gradient: [1, Number.NaN] })).toContain("exploding tensor");
    expect(rules({ weight: [1, Number.POSITIVE_INFINITY] })).toContain("exploding tensor");
    expect(rules({ gradient: [1, 1e300] })).not.toContain("exploding tensor");
  });

  it("says that ReLUs are dead where more than half of the units are active for less than 1 % of the examples", () => {
    // Of 200 examples, some units are on for one (0.5 %) or for two (1 %).
    const outputs = (idle: number, active: number) =>
      Float64Array.from({ length: 800 }, (_, i) => (i % 4 < idle ? (i < 4 * active ? 1 : 0) : 1));
    expect(rules({ outputs: outputs(3, 1) })).toEqual(["dead relu"]);
    expect(rules({ outputs: outputs(3, 2) })).toEqual([]);
    expect(rules({ outputs: outputs(2, 1) })).toEqual([]);
    expect(rules({ outputs: outputs(3, 1), activation: "elu" })).toEqual([]);
  });

  it.each([
    ["tanh", 9.6, 9.4],
    ["tanh", -9.6, -9.4],
    ["sigmoid", 17.1, 16.9],
    ["sigmoid", -23.1, -22.9],
  ] as const)("knows where %s is saturated: %d, not %d", (activation, beyond, within) => {
    const preActivations = (value: number, units: number) =>
      Float64Array.from({ length: 40 }, (_, i) => (i % 4 < units ? value : 0.1));
    expect(rules({ activation, preActivations: preActivations(beyond, 3) })).toEqual([
      "saturated activation",
    ]);
    expect(rules({ activation, preActivations: preActivations(beyond, 2) })).toEqual([]);
    expect(rules({ activation, preActivations: preActivations(within, 4) })).toEqual([]);
    expect(rules({ activation: "elu", preActivations: preActivations(beyond, 4) })).toEqual([]);
  });

  it("bounds updates over weights by 1e-8 and 10", () => {
    const weight = spread(16, 1);
    const update = (ratio: number) => weight.map((x) => ratio * x);
    expect(rules({ weight, update: update(10.1) })).toEqual(["weight update ratio"]);
    expect(rules({ weight, update: update(9.9) })).toEqual([]);
    expect(rules({ weight, update: update(0.99e-8) })).toEqual(["weight update ratio"]);
    expect(rules({ weight, update: update(1.01e-8) })).toEqual([]);
  });

  it("compares variances of what ReLUs take, at the first ten steps", () => {
    const wide = (factor: number) => () =>
      withLayer({ preActivations: spread(40, 1).map((x) => Math.sqrt(factor) * x) });
    expect(firings(sageMakerDebuggerEachStep, 10, wide(10.1))).toEqual(
      Array.from({ length: 10 }, (_, step) => `poor weight initialization@${step}`),
    );
    expect(firings(sageMakerDebuggerEachStep, 10, wide(9.9))).toEqual([]);
    const tanh = () => ({
      layers: [layer(), layer({ activation: "tanh", preActivations: spread(40, 5) })],
    });
    expect(firings(sageMakerDebuggerEachStep, 10, tanh)).toEqual([]);
  });

  it("sees each five hundredth step as it comes", () => {
    const vanishing = () => withLayer({ gradient: new Float64Array(16) });
    expect(firings(sageMakerDebugger, 501, vanishing)).toEqual([
      "vanishing gradient@0",
      "vanishing gradient@500",
      "vanishing gradient@1000",
    ]);
    expect(firings(sageMakerDebugger, 501, vanishing, 3)).toEqual([
      "vanishing gradient@0",
      "vanishing gradient@501",
    ]);
  });
});
