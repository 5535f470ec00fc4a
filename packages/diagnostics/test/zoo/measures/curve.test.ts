import { describe, expect, it } from "vitest";
import { isograd } from "../../../zoo/measures/alarm.ts";
import { areaUnder, curve, operatingPoint } from "../../../zoo/measures/curve.ts";
import { faulty, finding, run, times } from "../runs.ts";

const alphas = [0.1, 0.001];
/** Alarmed from this error rate on. */
const from = (least: number) => ({
  alarmedAt: alphas.map((alpha) => ({ alpha, alarmed: alpha >= least })),
});

describe("the curve", () => {
  it("has a point for each error rate, rising", () => {
    const runs = [
      ...times(9, () => run(from(1))),
      run(from(0.1)),
      faulty(from(0.001)),
      faulty(from(0.1)),
      faulty(from(0.1)),
      faulty(from(1)),
      run({ label: "odd", ...from(0.001) }),
      faulty({ group: "loss", ...from(0.001) }),
    ];
    expect(curve(runs)).toEqual([
      { alpha: 0.001, falseAlarms: 0, recall: 0.25 },
      { alpha: 0.1, falseAlarms: 0.1, recall: 0.75 },
    ]);
  });

  it("is none where nothing is healthy or nothing faulty", () => {
    expect(curve([faulty(from(0.1))])).toBeNull();
    expect(curve([run(from(0.1))])).toBeNull();
    expect(operatingPoint([run()], isograd)).toBeNull();
  });

  it("is a point for one threshold", () => {
    const runs = [run(), run(), faulty({ ours: [finding()] }), faulty()];
    expect(operatingPoint(runs, isograd)).toEqual({ falseAlarms: 0, recall: 0.5 });
  });
});

describe("the area", () => {
  it("is ½ for dice, 1 for who is always right", () => {
    expect(areaUnder([])).toBe(0.5);
    expect(areaUnder([{ falseAlarms: 0.3, recall: 0.3 }])).toBeCloseTo(0.5, 15);
    expect(areaUnder([{ falseAlarms: 0, recall: 1 }])).toBe(1);
    expect(areaUnder([{ falseAlarms: 1, recall: 0 }])).toBe(0);
  });

  it("is that of the broken line", () => {
    expect(areaUnder([{ falseAlarms: 0.36, recall: 0.675 }])).toBeCloseTo((1 + 0.675 - 0.36) / 2, 15);
    const points = [
      { falseAlarms: 0.5, recall: 1 },
      { falseAlarms: 0, recall: 0.8 },
    ];
    expect(areaUnder(points)).toBeCloseTo(0.5 * 0.9 + 0.5, 15);
  });
});
