import { describe, expect, it } from "vitest";
import { checkGradients, describeReport, Generator, tensor } from "../../src/index.ts";
import { correctFunctions } from "./correct-functions.ts";

/** Ordinary points, points close to the kinks at 0, the kinks at whole numbers themselves, and points far out. */
function points(seed: number, count: number): number[] {
  const generator = new Generator(seed);
  const draws = new Float64Array(3 * count);
  generator.fillUniform(draws);
  return Array.from({ length: count }, (_, k) => {
    const [kind, size, place] = draws.subarray(3 * k, 3 * k + 3);
    if (kind < 0.6) return 6 * (place - 0.5);
    if (kind < 0.75) return 2 * (place - 0.5) * 10 ** (-9 * size);
    return kind < 0.85 ? Math.round(8 * (place - 0.5)) : 60 * (place - 0.5);
  });
}

describe("no false failure", () => {
  const names = Object.keys(correctFunctions);
  it("has a table of many functions", () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(names)("%s", (name) => {
    points(names.indexOf(name) + 1, 60).forEach((x, seed) => {
      const report = checkGradients(correctFunctions[name], tensor([x], { dtype: "f64" }), {
        seed,
        order: seed < 20 ? 2 : 1,
      });
      expect(report.ok, `${name} at ${x}: ${describeReport(report)}`).toBe(true);
    });
  });

  it.each(names)("%s of f32, where it is conclusive", (name) => {
    points(names.indexOf(name) + 101, 20).forEach((x, seed) => {
      const report = checkGradients(correctFunctions[name], tensor([Math.fround(x)]), { seed, order: 1 });
      expect(report.failures, `${name} at ${x}: ${describeReport(report)}`).toEqual([]);
    });
  });
});
