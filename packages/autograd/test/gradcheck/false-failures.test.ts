import { describe, expect, it } from "vitest";
import { checkGradients, describeReport, tensor } from "../../src/index.ts";
import { correctFunctions, correctMatrixFunctions } from "./correct-functions.ts";
import { matrices, points } from "./points.ts";

describe("no false failure", () => {
  const names = Object.keys(correctFunctions);
  it("has a table of many functions", () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(names)("%s", (name) => {
    points(names.indexOf(name) + 1, 60).forEach((x, seed) => {
      const report = checkGradients(correctFunctions[name], tensor([x], { dtype: "f64" }), {
        seed,
        order: seed < 15 ? 2 : 1,
        forward: seed < 15,
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

  it.each(Object.keys(correctMatrixFunctions))("%s of a matrix", (name) => {
    matrices(Object.keys(correctMatrixFunctions).indexOf(name) + 1, 10).forEach((x, seed) => {
      const report = checkGradients(correctMatrixFunctions[name], x, { seed });
      expect(report.ok, `${name} at ${x}: ${describeReport(report)}`).toBe(true);
    });
  });
});
