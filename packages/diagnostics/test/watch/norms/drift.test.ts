import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { type Drift, Drifting } from "../../../src/watch/norms/drift.ts";

const relevant = Math.log(1000);

function drifts(value: (step: number) => number, steps: number): { step: number; drift: Drift }[] {
  const drifting = new Drifting(relevant);
  return Array.from({ length: steps }, (_, step) => ({ step, drift: drifting.next(value(step)) })).flatMap(
    ({ step, drift }) => (drift === null ? [] : [{ step, drift }]),
  );
}

describe("a drift", () => {
  it("is found by the first window that lies beyond a factor of 1000 as a whole, against the second", () => {
    const generator = new Generator(1);
    const [{ step, drift }] = drifts((t) => -0.05 * t + 0.1 * generator.normal(), 400);
    // The second window ends at 63 and has its middle at 47.5: 6.9 further down lies step 186, so the window from 192 on.
    expect(step).toBe(223);
    expect(drift.direction).toBe("down");
    expect(drift.from).toBeCloseTo(-0.05 * 47.5, 1);
    expect(drift.to).toBeCloseTo(-0.05 * 207.5, 1);
    expect(drift.pValue).toBeLessThan(1e-9);
  });

  it("has a direction", () => {
    expect(drifts((t) => 0.1 * t, 300)[0].drift.direction).toBe("up");
  });

  it("is none where values swing, lie near, or were elsewhere only at the very start", () => {
    expect(drifts((t) => (t % 2 === 0 ? 0 : 20), 300)).toEqual([]);
    expect(drifts((t) => (t < 64 ? 0 : 6.9) + 1e-3 * (t % 3), 300)).toEqual([]);
    expect(drifts((t) => (t < 64 ? 0 : 6.95) + 1e-3 * (t % 3), 300).length).toBeGreaterThan(0);
    expect(drifts((t) => 50 + (t < 64 ? 0 : 6.9) + 1e-3 * (t % 3), 300)).toEqual([]);
    expect(drifts((t) => (t < 32 ? -20 : 0) + 1e-3 * (t % 3), 300)).toEqual([]);
  });

  it("is not certain where the first window wandered as far", () => {
    const [{ drift }] = drifts((t) => (t < 64 ? 6 * Math.sin(t) : 13), 300);
    expect(drift.pValue).toBeGreaterThan(1e-4);
  });

  it("leaves out what has no log", () => {
    expect(drifts((t) => (t % 2 === 0 ? Number.NEGATIVE_INFINITY : 0), 300)).toEqual([]);
  });
});
