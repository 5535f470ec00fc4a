import { tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/finding.ts";
import type { LossProbe } from "../../../src/lint/probe.ts";
import { lintLoss } from "../../../src/lint/rules/loss.ts";
import type { Head } from "../../../src/lint/rules/output.ts";

const infinite = Number.POSITIVE_INFINITY;
const anything: Head["range"] = [-infinite, infinite];

interface Case extends Partial<Omit<Head, "output">>, Partial<Omit<LossProbe, "gradientAt">> {
  readonly values?: readonly number[];
  readonly columns?: number;
  readonly gradient?: readonly number[] | null;
}

/** What is found of an output of these numbers and a loss that is given as a function of them. */
function found(options: Case): Finding | undefined {
  const { values = [0.5, 0.5], columns, gradient = [-1, 1], labels = false, at = () => 1, ...more } = options;
  const shape = [values.length / (columns ?? values.length), columns ?? values.length];
  const output = tensor(Float64Array.from(values), { shape });
  const head = { output, range: anything, simplex: null, logarithms: null, free: false, place: "" };
  return lintLoss(
    { ...head, name: "the head", ...more },
    { labels, at, gradientAt: () => gradient && Float64Array.from(gradient) },
  )[0];
}

const rule = (options: Case): string | undefined => found(options)?.detector;

describe("a loss without a slope", () => {
  it("says nothing of the output", () => {
    expect([rule({ gradient: [0, 0] }), rule({ gradient: null }), rule({ gradient: [0, 0.1] })]).toEqual([
      "lint.silentLoss",
      "lint.silentLoss",
      undefined,
    ]);
    const why = (columns: number) => found({ gradient: [0, 0], columns })?.causes[0].explanation;
    expect([why(1), why(2)]).toEqual([
      expect.stringContaining("softmax to a single unit"),
      "the loss has no slope there",
    ]);
    expect(found({ gradient: [0, 0] })?.measured.value).toBe(0);
  });
});

describe("a loss that falls beyond the range of the output", () => {
  /** Loses all but a share of what lies between 4, here, and 2, far beyond, where the output reaches its bound. */
  const bounded = (share: number, more: Case = {}): Case => ({
    range: [0, 1],
    at: ({ 0: first }) => (first === 0.5 ? 4 : first === 1 ? 2 + 2 * share : 2),
    ...more,
  });

  it("is told from a fiftieth out of reach on, and grave from a tenth on", () => {
    const severities = [0.019, 0.021, 0.099, 0.101].map((share) => found(bounded(share))?.severity);
    expect(severities).toEqual([undefined, "warning", "warning", "alarm"]);
    expect(found(bounded(0.3))?.measured.value).toBeCloseTo(0.3, 12);
  });

  it("is looked at where each number is best, and ten widths from the middle", () => {
    const seen: number[][] = [];
    const at = (values: ArrayLike<number>): number => seen.push(Array.from(values));
    found({ range: [1, 3], values: [1.5, 1.5, 1.5], gradient: [-1, 1, 0], at });
    expect(seen).toEqual([
      [1.5, 1.5, 1.5],
      [3, 1, 1.5],
      [22, -18, -8],
    ]);
  });

  it("is none where the range has an end on one side alone, or the loss rises beyond", () => {
    expect(rule(bounded(0.3, { range: [-infinite, 1] }))).toBe(undefined);
    expect(rule(bounded(0.3, { range: [0, infinite] }))).toBe(undefined);
    expect(rule(bounded(0.3, { at: ({ 0: first }) => (first === 0.5 ? 1 : first === 1 ? 2 : 3) }))).toBe(
      undefined,
    );
  });

  it("asks for softmax where classes exclude each other and have a range each", () => {
    const exclude = (more: Case) => found(bounded(0.3, more))?.causes[0].explanation.includes("need softmax");
    expect([exclude({ labels: true }), exclude({}), exclude({ labels: true, simplex: 1 })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a loss of part of the numbers", () => {
  const below = ({ 0: x }: ArrayLike<number>): number => (x < 0 ? Number.NaN : 1);
  const above = ({ 0: x }: ArrayLike<number>): number => (x > 1 ? infinite : 1);
  const where = (options: Case): string | undefined => found({ free: true, ...options })?.measured.statistic;

  it.each<[string, Case, number | undefined]>([
    ["of numbers below 0", { values: [-0.5, 0.5], at: below }, -8],
    ["but of none below 0", { values: [0.2, 0.5], at: below }, undefined],
    ["of numbers above 1", { values: [0.2, 1.5], at: above }, 8],
    ["of numbers on both sides of 0", { values: [-0.2, 0.5], at: above }, 8],
    ["of numbers that may all be shares", { values: [0.2, 0.5], at: above }, undefined],
    ["of numbers from 0 on without an end", { values: [0.2, 0.5], range: [0, infinite], at: above }, 8],
    ["of those where none is below 0", { values: [0, 0.5], range: [0, infinite], at: below }, undefined],
    ["of numbers up to 1", { values: [-0.2, 1], range: [-infinite, 1], at: above }, undefined],
    ["of numbers from -1 to 1", { values: [-0.2, 0.5], range: [-1, 1], at: below }, -0.9],
    ["that are not made by layers", { values: [-0.5, 0.5], at: below, free: false }, undefined],
  ])("is looked at where an output goes: %s", (_, options, far) => {
    expect(where(options)).toBe(far === undefined ? undefined : `loss at an output of ${far}`);
  });

  it.each([0.5, 1, 4, -0.5, -4])("is one where it is finite somewhere, as at %f, and only then", (place) => {
    const at = (each: number) => where({ values: [-2, 2], at: ({ 0: x }) => (x === each ? 1 : Number.NaN) });
    expect([at(place), at(3)]).toEqual(["loss at an output of -8", undefined]);
  });
});

describe("scores that do not compete", () => {
  /** A loss that falls with all scores by a share of itself, less so further on. */
  const falling = (fall: number, bend = 0, more: Case = {}): Case => ({
    labels: true,
    values: [5, 7],
    at: ({ 0: x }) => {
      const shift = (x - 5) / 10;
      return -2 + 2 * fall * (shift - (bend * shift * (shift - 1)) / 2);
    },
    ...more,
  });

  it("are those with which the loss falls for ever: by a thousandth, and evenly to a hundredth", () => {
    expect(rule(falling(-1.1e-3))).toBe("lint.unnormalizedScores");
    expect(rule(falling(-0.9e-3))).toBe(undefined);
    expect([0.009, -0.009].map((bend) => rule(falling(-0.1, bend)))).toEqual([
      "lint.unnormalizedScores",
      "lint.unnormalizedScores",
    ]);
    expect([0.011, -0.011].map((bend) => rule(falling(-0.1, bend)))).toEqual([undefined, undefined]);
    expect(found(falling(-0.1))?.measured.value).toBeCloseTo(0.2, 12);
  });

  it("are none of classes that do not exclude each other, nor where they are normalised", () => {
    for (const more of [{ labels: false }, { simplex: 1 }, { logarithms: 1 }])
      expect(rule(falling(-0.1, 0, more))).toBe(undefined);
  });

  it("are normalised twice where logarithms of probabilities change by less than a ten thousandth", () => {
    const twice = (fall: number, more: Case = {}) => found(falling(fall, 0, { logarithms: 1, ...more }));
    expect([0.9e-4, -0.9e-4].map((fall) => twice(fall)?.detector)).toEqual([
      "lint.normalizedTwice",
      "lint.normalizedTwice",
    ]);
    expect([1.1e-4, -1.1e-4].map((fall) => twice(fall))).toEqual([undefined, undefined]);
    expect(twice(0.9e-4)?.measured.value).toBeCloseTo(-1.8e-4, 12);
    expect([twice(0, { labels: false }), twice(0, { logarithms: 0 })]).toEqual([undefined, undefined]);
  });
});
