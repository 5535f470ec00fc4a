import { backward, Generator, type Tensor, tensor } from "@isograd/autograd";
import { type Finding, watch } from "@isograd/diagnostics";
import { Adam, binaryCrossEntropyWithLogits, Linear, Sequential, xavierNormal } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Contraction } from "../../../src/trace/network.ts";
import { Latent } from "../../../src/watch/learning/latent.ts";
import { Progress } from "../../../src/watch/learning/progress.ts";

const finding = { severity: "info", detector: "throughTime", pValue: 1e-9, consequence: "fades" } as Finding;
const output = tensor(Array.from({ length: 8 }, (_, k) => [k % 2]));

interface Passed {
  readonly share?: number;
  readonly updates?: number;
  readonly left?: number;
  /** What the loss comes down by at each of the last 32 steps, and by how much more at every second one, as if it were so many steps on. */
  readonly slope?: number;
  readonly noise?: number;
  /** The gradient norm behind the first sweeps, where it was 1. */
  readonly norm?: number;
}

/** What comes out of kept findings where the loss went from 1 to `left`, and the average output would change it by `share`. */
function alarms(
  kept: readonly Finding[],
  { share = 0, updates = 128, left = 1, slope = 0, noise = 0, norm = 1 }: Passed = {},
): Finding[] {
  const progress = new Progress();
  const latent = new Latent(progress);
  latent.keep(kept);
  for (let sweep = 0; sweep < 96; sweep++) {
    const loss = sweep < 32 ? 1 : left - slope * Math.max(0, sweep - 64 + noise * (sweep % 2));
    progress.next(loss);
    latent.see({ loss, layerNorms: [sweep < 16 ? 1 : norm], length: 0.2 }, sweep * (updates / 95));
  }
  // Half of the outputs are 1, half 0: each is half away from their average.
  const cotangent = tensor(Array.from({ length: 8 }, () => [(share * left) / 4]));
  const node = { op: null };
  const contractions = [{ output, cotangent, node, below: null, depth: 1 } as unknown as Contraction];
  const found = latent.next({ contractions, loss: left, updates });
  if (found.length > 0) expect(latent.next({ contractions, loss: left, updates })).toEqual([]);
  return found;
}

describe("what need not harm", () => {
  it("is an alarm once training tells no examples apart", () => {
    expect(alarms([finding])).toMatchObject([{ severity: "alarm", detector: "throughTime" }]);
    expect(alarms([finding])[0].consequence).toContain("fades; after 128 updates the loss is 1 of what");
  });

  it("is none as long as training tells examples apart, or has hardly begun", () => {
    expect(alarms([finding], { share: 0.098, left: 0.9 })).toHaveLength(1);
    expect(alarms([finding], { share: 0.102, left: 0.9 })).toEqual([]);
    // The last 32 steps lie 15.5 slopes lower on the average.
    expect(alarms([finding], { slope: 1.4e-4 })).toEqual([]);
    expect(alarms([finding], { slope: 1.2e-4 })).toHaveLength(1);
    expect(alarms([finding], { left: 0.9, slope: 1.2e-4 })).toEqual([]);
    // 1.96 and 2.48 standard errors of it.
    expect(alarms([finding], { slope: 1e-3, noise: 100 })).toHaveLength(1);
    expect(alarms([finding], { slope: 1e-3, noise: 80 })).toEqual([]);
    expect(alarms([finding], { left: 0.61 })).toHaveLength(1);
    expect(alarms([finding], { left: 0.59 })).toEqual([]);
    expect(alarms([finding], { updates: 127 })).toEqual([]);
    expect(alarms([finding], { updates: Number.NaN })).toEqual([]);
  });

  it("is a gradient that fades behind long steps as well, before what was found at the first step", () => {
    expect(alarms([], { norm: 0.2 })).toMatchObject([
      { severity: "alarm", detector: "watch.fading", fault: "vanishing", causes: [{ part: "learningRate" }] },
    ]);
    expect(alarms([finding], { norm: 0.2 }).map(({ detector }) => detector)).toEqual([
      "watch.fading",
      "throughTime",
    ]);
    expect(alarms([], { norm: 0.2, share: 0.2 })).toEqual([]);
  });

  it("asks for the layers once there is something to be seen, from 128 updates on", () => {
    const dueAt = (kept: readonly Finding[], sweeps = 300): number[] => {
      const latent = new Latent(new Progress());
      latent.keep(kept);
      return Array.from({ length: sweeps }, (_, sweep) => {
        latent.see({ loss: 1, layerNorms: [1], length: 0.2 }, sweep);
        if (!latent.isDue(sweep)) return [];
        latent.next({ contractions: [], loss: 1, updates: sweep });
        return [sweep];
      }).flat();
    };
    expect(dueAt([finding])).toEqual([128, 181, 256]);
    expect(dueAt([])).toEqual([]);
  });

  it("is none where nothing was found at the first step but what an update heals", () => {
    expect(alarms([])).toEqual([]);
    expect(alarms([{ ...finding, severity: "alarm" }])).toEqual([]);
    expect(alarms([{ ...finding, detector: "units" }])).toEqual([]);
    expect(alarms([{ ...finding, detector: "linear" }])).toHaveLength(1);
  });

  it("is none where gradients fade a little and the task has little to teach", () => {
    const faded = (value: number): Finding => ({
      ...finding,
      detector: "gradientFlow",
      measured: { statistic: "factor", value },
    });
    expect(alarms([faded(1.01e-3)])).toEqual([]);
    expect(alarms([faded(0.99e-3)])).toHaveLength(1);
    // An update heals what begins at zero.
    expect(alarms([faded(0)])).toEqual([]);
  });

  /** Points inside and outside a circle for three linear layers, or on both sides of a line. */
  function foundIn(isInside: (x: number, y: number) => boolean): string[] {
    const generator = new Generator("latent");
    const layer = (inFeatures: number, outFeatures: number): Linear =>
      new Linear({ inFeatures, outFeatures, weightInit: xavierNormal(), generator });
    const model = new Sequential([layer(2, 8), layer(8, 8), layer(8, 1)]);
    const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
    const points = Array.from({ length: 64 }, (_, k) => [
      Math.cos(k) * (1 + (k % 2)),
      Math.sin(k) * (1 + (k % 2)),
    ]);
    const inputs = tensor(points);
    const targets: Tensor = tensor(points.map(([x, y]) => [isInside(x, y) ? 1 : 0]));
    using watcher = watch();
    for (let step = 0; step <= 200; step++) {
      optimizer.zeroGrad();
      backward(binaryCrossEntropyWithLogits(model.call(inputs), targets));
      optimizer.step();
    }
    return watcher.findings.map(
      ({ finding: { detector, severity }, step }) => `${severity} ${detector} ${step}`,
    );
  }

  it("shows in a network without activations, where the task asks for them", () => {
    expect(foundIn((x, y) => x * x + y * y < 2)).toEqual(["alarm linear 129"]);
    expect(foundIn((x) => x > 0.1)).toEqual([]);
  });
});
