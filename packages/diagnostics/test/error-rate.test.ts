import { expect, it } from "vitest";
import { alphaOf, runAlpha, type Stage, spentAt } from "../src/error-rate.ts";

const stages: readonly Stage[] = ["lint", "firstStep", "monitor", "steps", "learning", "units"];

it("all stages together spend what the run has, 0.1 %", () => {
  expect(runAlpha).toBe(0.001);
  expect(stages.reduce((sum, stage) => sum + alphaOf(stage), 0)).toBeCloseTo(runAlpha, 12);
  expect(stages.map((stage) => alphaOf(stage, 1))).toEqual([0.1, 0.4, 0.2, 0.1, 0.05, 0.15]);
});

it("all looks of a stage together, however many, spend what it has", () => {
  const spent = (looks: number) =>
    Array.from({ length: looks }, (_, k) => spentAt(0.3, k + 1)).reduce((sum, each) => sum + each, 0);
  expect(spent(1)).toBeCloseTo(0.15, 12);
  expect(spent(1e5)).toBeLessThan(0.3);
  expect(spent(1e5)).toBeGreaterThan(0.2999);
});
