import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { Governor } from "../../../src/watch/cost/governor.ts";
import type { Depth } from "../../../src/watch/record/step-recorder.ts";

interface Run {
  /** Milliseconds of a step; what a look takes; by how much a step is longer that is looked at, as it is told of cotangents. */
  readonly training: number;
  readonly looking: number;
  readonly hidden?: number;
  /** One look in a hundred is at the layers: so much dearer. */
  readonly whole?: number;
  /** How far steps swing about what they take: a share. */
  readonly noise?: number;
  readonly steps?: number;
}

/** Steps, and looks at those where they can be afforded: which they were, and the share of the time of training that watching takes in the end. */
function shareOf(budget: number, run: Run) {
  const { training, looking, hidden = 0, whole = 1, noise = 0, steps = 8000 } = run;
  const generator = new Generator("governor");
  let now = 0;
  const governor = new Governor(budget, () => now);
  const looks: number[] = [];
  let [spent, trained] = [0, 0];
  for (let step = 0; step < steps; step++) {
    const depth: Depth = !governor.affords ? "loss" : step % 100 === 0 ? "layers" : "gradients";
    const factor = depth === "loss" ? 0 : depth === "layers" ? whole : 1;
    const took = training * Math.exp(noise * generator.normal());
    now += took + factor * hidden;
    if (factor > 0) looks.push(step);
    governor.charge(() => {
      now += factor * looking;
    });
    governor.next(depth);
    trained += took;
    spent += factor * (looking + hidden);
  }
  return { share: spent / trained, looks };
}

describe("within the budget", () => {
  it("every step is looked at, but for one in seventeen to compare with, and at first every second", () => {
    const { looks } = shareOf(0.05, { training: 10, looking: 0.4, steps: 3400 });
    expect(looks.slice(0, 6)).toEqual([1, 3, 5, 7, 9, 11]);
    expect(looks.length).toBeGreaterThan(3200 - 16);
    expect(looks.length).toBeLessThan(3200);
  });
});

describe.each([0.01, 0.05, 0.2])("a budget of %f of the time of training is kept and used", (budget) => {
  it.each<[string, Run]>([
    ["where looks take it", { training: 1, looking: 0.5 }],
    ["where half of it is what steps are longer by", { training: 1, looking: 0.25, hidden: 0.25 }],
    ["where all of it is", { training: 1, looking: 0, hidden: 0.5 }],
    ["where some looks are far dearer", { training: 1, looking: 0.1, hidden: 0.1, whole: 50 }],
  ])("%s", (_, run) => {
    const { share } = shareOf(budget, run);
    expect(share).toBeGreaterThan(0.85 * budget);
    expect(share).toBeLessThan(1.1 * budget);
  });

  it("where nobody knows exactly what a step takes", () => {
    const { share } = shareOf(budget, { training: 1, looking: 0.2, hidden: 0.2, noise: 0.1, steps: 20_000 });
    expect(share).toBeGreaterThan(0.6 * budget);
    expect(share).toBeLessThan(1.15 * budget);
  });
});

/** A step of so many milliseconds that nobody looks at. */
function stepOf(governor: Governor, pass: (milliseconds: number) => void, milliseconds: number): void {
  pass(milliseconds);
  governor.next("loss");
}

it("does not save up for long: after a pause it looks no more than fifty milliseconds in a row", () => {
  let now = 0;
  const governor = new Governor(0.05, () => now);
  stepOf(governor, (milliseconds) => (now += milliseconds), 1e7);
  let looks = 0;
  for (let step = 0; step < 100; step++) {
    if (governor.affords) {
      looks++;
      governor.charge(() => {
        now += 10;
      });
    }
    governor.next("loss");
  }
  expect(looks).toBeLessThanOrEqual(7);
  expect(looks).toBeGreaterThanOrEqual(5);
});

it("charges a look that throws as well, and passes on what a look returns", () => {
  let now = 0;
  const governor = new Governor(0.05, () => now);
  expect(governor.charge(() => 3)).toBe(3);
  expect(() =>
    governor.charge(() => {
      now += 100;
      throw new Error("in the look");
    }),
  ).toThrow("in the look");
  // 2000 milliseconds of training pay for 100. Every second step is left alone whatever is owed.
  const affords = [1, 999, 999, 1, 1].map((milliseconds) => {
    stepOf(governor, (passed) => (now += passed), milliseconds);
    return governor.affords;
  });
  expect(affords).toEqual([false, false, false, false, true]);
});

it("charges nothing for steps whose layers are looked at and that are no longer for it", () => {
  let now = 0;
  const governor = new Governor(0.05, () => now);
  for (const depth of ["loss", ...new Array<Depth>(10).fill("layers")] as const) {
    now += 10;
    governor.next(depth);
  }
  expect(governor.affords).toBe(true);
});

it("knows no clock without a limit", () => {
  const governor = new Governor(Number.POSITIVE_INFINITY, () => 0);
  governor.charge(() => {});
  governor.next("gradients");
  expect([governor.limited, governor.affords]).toEqual([false, true]);
});
