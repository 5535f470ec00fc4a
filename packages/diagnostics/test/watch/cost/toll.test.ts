import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { Toll } from "../../../src/watch/cost/toll.ts";

/** What is charged for the last of some steps of which every third is not watched. */
function tollOf(tookOf: (isWatched: boolean, step: number) => number, steps = 600): number {
  const toll = new Toll();
  let last = 0;
  for (let step = 0; step < steps; step++) {
    const isWatched = step % 3 !== 0;
    const charged = toll.next(tookOf(isWatched, step), isWatched);
    if (isWatched) last = charged;
    else expect(charged).toBe(0);
  }
  return last;
}

describe("what being watched costs a step", () => {
  it("is what neighbours differ by", () => {
    expect(tollOf((isWatched) => (isWatched ? 1.04 : 1))).toBeCloseTo(0.04, 10);
  });

  it("is none where watched steps are the faster ones", () => {
    expect(tollOf((isWatched) => (isWatched ? 0.96 : 1))).toBe(0);
  });

  it("is seen through noise, and through steps that become faster", () => {
    const generator = new Generator("toll");
    const noisy = tollOf((isWatched, step) => {
      const usual = 2 + Math.exp(-step / 100) + 0.2 * generator.normal();
      return (isWatched ? 0.2 : 0) + usual * (generator.uniform() < 0.05 ? 1.5 : 1);
    });
    expect(noisy).toBeGreaterThan(0.12);
    expect(noisy).toBeLessThan(0.28);
  });

  it("leaves out neighbours that are not alike", () => {
    // Each step that is not watched is one of another program.
    expect(tollOf((isWatched) => (isWatched ? 2.1 : 1))).toBe(0);
    expect(tollOf((isWatched) => (isWatched ? 1.9 : 1))).toBeCloseTo(0.9, 10);
  });

  it("is that of late", () => {
    // Of the latest 128 pairs most came behind step 460, of the latest 256 they did not.
    expect(tollOf((isWatched, step) => (isWatched && step > 460 ? 1.1 : 1))).toBeCloseTo(0.1, 10);
  });

  it("is unknown before sixteen pairs, and charged for the steps until then once it is known", () => {
    const watched = (isWatched: boolean): number => (isWatched ? 1.5 : 1);
    expect(tollOf(watched, 24)).toBe(0);
    expect(tollOf(watched, 26)).toBe(17 * 0.5);
    expect(tollOf(watched, 27)).toBe(0.5);
    const toll = new Toll();
    const known = Array.from({ length: 18 }, (_, step) => {
      toll.next(watched(step % 2 === 1), step % 2 === 1);
      return toll.isKnown;
    });
    expect(known.indexOf(true)).toBe(16);
  });

  it("compares none with what came before a step of another kind", () => {
    const toll = new Toll();
    for (let step = 0; step < 100; step++) {
      expect(toll.next(step % 2 === 0 ? 1 : 1.5, step % 2 === 1)).toBe(0);
      toll.skip();
    }
  });
});
