import { describe, expect, it } from "vitest";
import { caseText } from "../../../demo/terminal/case-text.ts";
import { paintFor } from "../../../demo/terminal/paint.ts";
import { sampleCase } from "../sample.ts";

const style = { paint: paintFor({}), width: 72 };
const sample = sampleCase(0.25, "vanishing");

describe("caseText", () => {
  it("tells the story in order, within the width", () => {
    const lines = caseText(sample, "1/3  vanishing", style);
    const told = [
      "trained as it is",
      "watcher",
      "Diagnosis",
      "Remedies",
      "Applied",
      "trained again",
      "Gradient norm",
    ];
    const at = told.map((part) => lines.findIndex((line) => line.includes(part)));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(72);
  });

  it("shows the evidence of what passed and the code of what was applied", () => {
    const text = caseText(sample, "", style).join("\n");
    expect(text).toContain("✓ activation: tanh: gradient first/last 1e-18 before, 0.4 after");
    expect(text).toContain('const gain = calculateGain("tanh"); // 5/3');
    expect(text).toContain("✗ 1 failed: gain 2");
  });

  it("says so where nothing was seen and no remedy passed", () => {
    const hopeless = {
      ...sample,
      sick: { ...sample.sick, sighting: null },
      treatment: { ...sample.treatment, remedies: [], healed: null },
    };
    const text = caseText(hopeless, "", style).join("\n");
    expect(text).toContain("none applies");
    expect(text).toContain("no remedy passed: nothing to train again");
    expect(text).not.toContain("watcher");
  });
});
