import { describe, expect, it } from "vitest";
import { isGood, labelOf, skill } from "../../zoo/label.ts";

const reference = { best: 0.9, chance: 0.5 };

describe("an outcome", () => {
  it("is counted from what chance gives", () => {
    expect(skill(0.7, reference)).toBeCloseTo(0.5, 12);
    expect(skill(0.5, reference)).toBe(0);
    expect(skill(Number.NaN, reference)).toBe(0);
  });

  it("is good from 95 % of what the best has learnt on", () => {
    expect(isGood(0.8801, reference)).toBe(true);
    expect(isGood(0.8799, reference)).toBe(false);
  });

  it("is never good where the best has learnt next to nothing", () => {
    expect(isGood(0.61, { best: 0.61, chance: 0.5 })).toBe(true);
    expect(isGood(0.59, { best: 0.59, chance: 0.5 })).toBe(false);
  });
});

describe("labels", () => {
  it.each([
    ["grid", 0.89, "healthy"],
    ["grid", 0.8, "unlucky"],
    ["fault", 0.89, "tolerated"],
    ["fault", 0.781, "weakened"],
    ["fault", 0.779, "faulty"],
    ["fault", Number.NaN, "faulty"],
    ["oddity", 0.71, "odd"],
    ["oddity", 0.69, "unlucky"],
  ] as const)("of a %s at %d: %s", (kind, score, label) => {
    expect(labelOf(kind, reference, score)).toBe(label);
  });

  it("blame a fault only where it spoils another draw too", () => {
    expect(labelOf("fault", reference, 0.7, 0.8)).toBe("faulty");
    expect(labelOf("fault", reference, 0.7, Number.NaN)).toBe("faulty");
    expect(labelOf("fault", reference, 0.8, 0.7)).toBe("weakened");
    expect(labelOf("fault", reference, 0.7, 0.89)).toBe("unlucky");
    expect(labelOf("fault", reference, 0.89, 0.7)).toBe("tolerated");
  });
});
