import { describe, expect, it } from "vitest";
import { judge } from "../../report/judge.ts";
import type { Failed, Measurement, Timed } from "../../running/measure.ts";
import { workloads } from "../../workloads/table.ts";

const workload = { ...workloads[0], target: { javascript: 2, pytorch: 1.5 } };
const failed: Failed = { failure: "cannot" };

/** Somebody who takes `ratio` times our time. */
const timed = (ratio: number): Timed => ({
  median: ratio,
  quartiles: [ratio, ratio],
  times: [ratio],
  cold: false,
  ratio: { median: ratio, quartiles: [0.9 * ratio, 1.1 * ratio] },
});

const verdict = (results: Measurement["results"]) =>
  judge({ workload, results: { isograd: timed(1), ...results } });

describe("the verdict", () => {
  it("compares with the fastest JavaScript peer, not with PyTorch or the peak", () => {
    const { best } = verdict({
      "tfjs-cpu": timed(9),
      "jax-js": timed(3),
      pytorch: timed(0.1),
      peak: timed(0.5),
    });
    expect(best).toMatchObject({ name: "jax-js", ratio: { median: 3 } });
  });

  it("needs both targets", () => {
    expect(verdict({ deepbox: timed(2), pytorch: timed(0.7) }).met).toBe(true);
    expect(verdict({ deepbox: timed(1.9), pytorch: timed(0.7) }).met).toBe(false);
    expect(verdict({ deepbox: timed(2), pytorch: timed(0.6) }).met).toBe(false);
  });

  it("says our time over PyTorch's, quartiles in order", () => {
    const { pytorch } = verdict({ pytorch: timed(0.5) });
    expect(pytorch?.median).toBe(2);
    expect(pytorch?.quartiles[0]).toBeLessThan(2);
    expect(pytorch?.quartiles[1]).toBeGreaterThan(2);
  });

  it("says the same of us with a native library", () => {
    expect(verdict({ "isograd-blas": timed(0.5), pytorch: timed(0.25) }).native).toBe(2);
    expect(verdict({ "isograd-blas": failed, pytorch: timed(0.25) }).native).toBeNull();
  });

  it("says how fast we are with two threads, and keeps to that target where there is one", () => {
    const results = { isograd: timed(1), "isograd-threads": timed(0.5), deepbox: timed(2) };
    const judged = (threads: number) =>
      judge({ workload: { ...workload, target: { javascript: 2, threads } }, results });
    expect(judged(4).threads).toBe(4);
    expect([judged(4).met, judged(4.1).met]).toEqual([true, false]);
    const without = { ...results, "isograd-threads": failed };
    expect(
      judge({ workload: { ...workload, target: { javascript: 2, threads: 4 } }, results: without }).met,
    ).toBeNull();
  });

  it("is open where nobody could be compared, unless the rest is missed", () => {
    expect(verdict({ deepbox: failed, pytorch: timed(0.7) }).met).toBeNull();
    expect(verdict({ deepbox: timed(3), pytorch: failed }).met).toBeNull();
    expect(verdict({ deepbox: timed(1), pytorch: failed }).met).toBe(false);
  });
});
