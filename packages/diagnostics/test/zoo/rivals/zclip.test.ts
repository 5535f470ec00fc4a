import { describe, expect, it } from "vitest";
import { zClip } from "../../../zoo/rivals/zclip.ts";
import { firings, layer } from "./observations.ts";

/** Runs with this gradient norm at each step. */
const spikes = (norm: (step: number) => number, epochs = 20): string[] =>
  firings(zClip, epochs, (step) => {
    const [a, b] = [0.6 * norm(step), 0.8 * norm(step)];
    return { layers: [layer({ gradient: [a] }), layer({ gradient: [b] })] };
  });

/** Around 10, with a standard deviation of 1. */
const usual = (step: number): number => 10 + (step % 2 === 0 ? 1 : -1);

describe("ZClip", () => {
  it("is silent where the norm stays", () => {
    expect(spikes(usual)).toEqual([]);
    expect(spikes(() => 3)).toEqual([]);
  });

  it("takes a norm for a spike from 2.5 deviations above the mean on, behind 25 steps", () => {
    // After 25 steps the mean is 10.04 and the deviation 0.9992.
    const at = (z: number) => (step: number) => (step === 25 ? 10.04 + z * 0.9992 : usual(step));
    expect(spikes(at(2.51))).toEqual(["gradient spike@25"]);
    expect(spikes(at(2.49))).toEqual([]);
    expect(spikes(at(-5))).toEqual([]);
    expect(spikes((step) => (step === 24 ? 1000 : usual(step)))).toEqual([]);
  });

  it("goes on with what it would clip to", () => {
    // The second spike is measured by statistics that hold the first one clipped to 10.04 + 2.5²/z: z 4.96 and 2.51.
    const both = (second: number) => (step: number) =>
      step === 25 ? 15 : step === 26 ? second : usual(step);
    const [mean, variance] = [10.04, 0.9984];
    const clipped = mean + (2.5 ** 2 / ((15 - mean) / (Math.sqrt(variance) + 1e-6))) * Math.sqrt(variance);
    const next = 0.97 * mean + 0.03 * clipped;
    const deviation = Math.sqrt(0.97 * variance + 0.03 * (clipped - next) ** 2);
    expect(spikes(both(next + 2.51 * deviation))).toEqual(["gradient spike@25", "gradient spike@26"]);
    expect(spikes(both(next + 2.49 * deviation))).toEqual(["gradient spike@25"]);
  });
});
