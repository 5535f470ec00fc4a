import { describe, expect, it } from "vitest";
import { markdown } from "../../report/markdown.ts";
import type { Failed, Timed } from "../../running/measure.ts";
import { workloads } from "../../workloads/table.ts";

const workload = { ...workloads[0], name: "product", flops: 2e6, target: { javascript: 2 } };

const timed = (milliseconds: number, cold = false): Timed => {
  const times = [milliseconds / 1000];
  const ratio = { median: milliseconds, quartiles: [milliseconds, milliseconds] } as const;
  return { times, median: times[0], quartiles: [times[0], times[0]], ratio, cold };
};
const failed: Failed = { failure: "has no gradients" };

const page = markdown(
  [
    {
      workload,
      results: { isograd: timed(1), deepbox: timed(3000, true), "numpy-ts": failed, peak: timed(0.5) },
    },
  ],
  { date: "today", machine: "here", node: "20", facts: ["starts in 1 ms"] },
);

describe("the page of benchmarks", () => {
  it("has a row for each workload, with who was run once alone and the verdict", () => {
    const row = page.split("\n").find((line) => line.startsWith("| product"));
    expect(row?.split("|").map((cell) => cell.trim())).toEqual([
      "",
      "product",
      "1.00 ms",
      "~3.00 s",
      "-",
      "3000 (3000-3000) deepbox",
      "-",
      "-",
      "-",
      "≥ 2",
      "yes",
      "",
    ]);
  });

  it("says what share of the peak a product reaches, and in rates", () => {
    expect(page).toMatch(/\| product \| 2\.0 +\| 4\.0 +\| 50 % +\|/);
  });

  it("says who could not take part, and why", () => {
    expect(page).toContain("- numpy-ts: has no gradients (product)");
    expect(page).not.toContain("- peak");
  });
});
