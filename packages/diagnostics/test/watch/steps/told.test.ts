import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/finding.ts";
import { Told } from "../../../src/watch/steps/told.ts";

const cause = (part: "weights" | "operation") => ({ part, logShare: Number.NaN, explanation: part });
const finding = {
  detector: "units",
  fault: "dead",
  severity: "alarm",
  places: ["a"],
  causes: [cause("operation")],
} as unknown as Finding;
const [far, near] = [0.06, 0.04].map((moved) => ({ moved, step: 3 }));

/** The parts of the causes that are told. */
const partsOf = (told: readonly Finding[]): string[][] =>
  told.map(({ causes }) => causes.map(({ part }) => part));

describe("a fault", () => {
  it("is told once at a place, and again where it is graver", () => {
    const told = new Told();
    expect(told.news([{ ...finding, severity: "warning" }], 5, near)).toHaveLength(1);
    expect(told.news([finding, finding], 6, near)).toMatchObject([{ severity: "alarm", step: 6 }]);
    expect(told.news([finding], 7, near)).toEqual([]);
    expect(told.news([{ ...finding, places: ["b"] }], 8, near)).toHaveLength(1);
  });

  it("is told once anywhere where numbers are not finite", () => {
    const told = new Told();
    const gone = { ...finding, fault: "nonFinite" } as const;
    expect(told.news([gone], 5, near)).toHaveLength(1);
    expect(told.news([{ ...gone, places: ["b"] }], 6, near)).toEqual([]);
  });
});

describe("the first cause", () => {
  it("is what was wrong at the first step, whatever step went far", () => {
    const told = new Told();
    expect(partsOf(told.news([{ ...finding, causes: [cause("weights")] }], 0, far))).toEqual([["weights"]]);
    expect(partsOf(told.news([{ ...finding, places: ["b"] }], 9, far))).toEqual([["weights", "operation"]]);
  });

  it("is a step that went far in a network that was healthy", () => {
    expect(partsOf(new Told().news([finding], 9, far))).toEqual([["learningRate", "operation"]]);
    expect(partsOf(new Told().news([finding], 9, near))).toEqual([["operation"]]);
  });

  it("is its own where the first step showed it already, and it need not have harmed", () => {
    const told = new Told();
    told.keep([{ ...finding, severity: "info" }]);
    expect(partsOf(told.news([finding], 9, far))).toEqual([["operation"]]);
    expect(partsOf(told.news([{ ...finding, places: ["b"] }], 9, far))).toEqual([
      ["learningRate", "operation"],
    ]);
  });
});
