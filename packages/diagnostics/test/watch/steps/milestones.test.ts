import { describe, expect, it } from "vitest";
import { Milestones } from "../../../src/watch/steps/milestones.ts";

describe("milestones of training", () => {
  it("are seven, from 128 to 1024 updates, each √2 times as far", () => {
    const milestones = new Milestones();
    const passed: number[] = [];
    for (let updates = 0; updates < 2000; updates++) if (milestones.pass(updates)) passed.push(updates);
    expect(passed).toEqual([128, 181, 256, 362, 512, 724, 1024]);
    expect(milestones.isOver).toBe(true);
    expect(milestones.isDue(1e6)).toBe(false);
  });

  it("are passed together where many were reached since", () => {
    const milestones = new Milestones();
    expect([milestones.isDue(127), milestones.isDue(300), milestones.pass(127)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([milestones.pass(300), milestones.passed, milestones.isDue(361)]).toEqual([true, 3, false]);
  });

  it("are none where it is not known how many updates there were", () => {
    expect(new Milestones().isDue(Number.NaN)).toBe(false);
  });
});
