import { relu } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { MeasuredSlope } from "../../../zoo/slopes/measure.ts";
import { plain } from "../../../zoo/slopes/networks.ts";
import { type Comparison, slopesPage, slopesTarget } from "../../../zoo/slopes/page.ts";
import { times } from "../runs.ts";

/** A slope of 0.1, so many standard errors off. */
const slope = (z: number, standardError = 0.001): MeasuredSlope => ({
  predicted: 0.1,
  measured: 0.1 + z * standardError,
  standardError,
  z,
  draws: 24,
});

const compared = (z: number, standardError?: number): Comparison => ({
  architecture: plain(relu, { weights: 3 }),
  slope: slope(z, standardError),
  again: Math.abs(z) > 3 ? { same: slope(-3), wider: slope(-1.5, 0.0005) } : null,
});

const made = { date: "2026-01-02", machine: "a machine", node: "20", seconds: 61.7, seed: "s" };

describe("what was to be reached", () => {
  it("is 30 within three standard errors of at most 2 %", () => {
    expect(slopesTarget([...times(30, () => compared(-3)), compared(3.1)])).toMatchObject({
      measured:
        "30 of 31 architectures are within 3 standard errors, the largest of which is 1.00 % of its slope",
      isMet: true,
    });
    expect(slopesTarget([...times(29, () => compared(0)), compared(-3.1)]).isMet).toBe(false);
    expect(slopesTarget([...times(29, () => compared(0)), compared(0, 0.0021)]).isMet).toBe(false);
    expect(slopesTarget(times(30, () => compared(0, 0.0019))).isMet).toBe(true);
  });
});

describe("the page", () => {
  it("has a row a network", () => {
    const page = slopesPage([compared(1.5)], made);
    expect(page).toContain("Made by `pnpm slopes` on 2026-01-02 in 62 seconds, a machine, Node 20, seed `s`");
    expect(
      page
        .split("\n")
        .find((line) => line.includes("relu"))
        ?.replace(/ +/g, " "),
    ).toBe("| plain | relu, σw² 3, σb² 0 | 10 × 512 | 0.10000 | 0.10150 | 1.00 % | 1.5 | 24 |");
    expect(page).toContain("None lies outside of three standard errors.");
  });

  it("says what becomes of those outside", () => {
    const page = slopesPage([compared(-4)], made);
    expect(page).not.toContain("None lies outside");
    expect(
      page
        .split("\n")
        .filter((line) => line.includes("relu"))[1]
        .replace(/ +/g, " "),
    ).toBe("| relu, σw² 3, σb² 0 | 10 × 512 | -3.00 % ± 1.00 % | -0.75 % ± 0.50 % |");
  });
});
