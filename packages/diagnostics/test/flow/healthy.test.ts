import { gelu, relu, tanh } from "@isograd/autograd";
import { diagnose, type FlowProfile } from "@isograd/diagnostics";
import { crossEntropy } from "@isograd/nn";
import { expect, it } from "vitest";
import { deviationOf, meanOf } from "../../src/statistics.ts";
import { classes } from "../networks/data.ts";
import { plain } from "../networks/plain.ts";
import { weightNormalised } from "../networks/structured.ts";

function flowOf(seed: number, redraws: number, depth = 12, weights = 2): FlowProfile {
  const model = plain({ width: 32, depth, activation: relu, weights, seed: `healthy ${seed}` });
  const batch = classes({ seed: `healthy ${seed}`, examples: 1 });
  return diagnose(model, batch, crossEntropy, { redraws, seed }).flow;
}

it("the closed form is N(-b/2, b), b = Σ k/width: 5 for ReLU", () => {
  const { healthy } = flowOf(0, 0);
  const b = (11 * 5) / 32;
  expect(healthy?.source).toBe("closed form");
  expect(healthy?.mean).toBeCloseTo(-b / 2, 6);
  expect(healthy?.deviation).toBeCloseTo(Math.sqrt(b), 6);
  expect(Math.log(healthy?.band[1] as number)).toBeCloseTo((-b / 2 + 3.290527 * Math.sqrt(b)) / 2, 4);
});

it.each([
  ["tanh, critical: slopes fall short of 1 while the signal fades", tanh, 1],
  ["GELU, He: the signal fades as well", gelu, 2],
])("the closed form knows the slopes at the signal that there is: %s", (_, activation, weights) => {
  const zs = Array.from({ length: 40 }, (_, seed) => {
    const model = plain({ width: 48, depth: 24, activation, weights, seed: `drift ${seed}` });
    const { healthy } = diagnose(model, classes({ seed: `drift ${seed}` }), crossEntropy, {
      redraws: 0,
    }).flow;
    return healthy?.z as number;
  });
  expect(Math.abs(meanOf(zs))).toBeLessThan(1);
  expect(Math.max(...zs.map(Math.abs))).toBeLessThan(5);
});

it("the closed form and the re-draws agree for one example", () => {
  const { healthy: simulated } = flowOf(0, 400);
  const { healthy: closed } = flowOf(0, 0);
  if (simulated === null || closed === null) throw new Error("expected a law");
  expect(simulated).toMatchObject({ source: "redraws", redraws: 400 });
  // Four standard errors of a mean and of a deviation from 400 draws, and a tenth for the finite width.
  expect(Math.abs(simulated.mean - closed.mean)).toBeLessThan(4 * (closed.deviation / 20) + 0.1);
  expect(Math.abs(simulated.deviation / closed.deviation - 1)).toBeLessThan(4 / Math.sqrt(800) + 0.1);
});

it("healthy networks are spread as their law says", () => {
  const zs = Array.from({ length: 60 }, (_, seed) => flowOf(seed, 32, 8).healthy?.z as number);
  expect(Math.abs(meanOf(zs))).toBeLessThan(4 / Math.sqrt(60));
  expect(deviationOf(zs)).toBeGreaterThan(0.65);
  expect(deviationOf(zs)).toBeLessThan(1.4);
});

it("each layer has its band, and the last one is the reference", () => {
  const { healthy, layers } = flowOf(0, 16);
  expect(healthy?.layerBands).toHaveLength(layers.length);
  expect(healthy?.layerBands[0]).toEqual(healthy?.band);
  expect(healthy?.layerBands[layers.length - 1]).toEqual([1, 1]);
});

it("weights that cannot be drawn anew leave the closed form", () => {
  const { model, batch, loss } = weightNormalised("closed", 1, false);
  expect(diagnose(model, batch, loss).flow.healthy?.source).toBe("closed form");
});

it("one layer has no flow", () => {
  const { healthy, totalFactor, factorPerLayer, layers } = flowOf(0, 8, 1);
  expect(layers).toHaveLength(1);
  expect([healthy, totalFactor, factorPerLayer]).toEqual([null, 1, 1]);
});
