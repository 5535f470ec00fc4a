import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { full, interpolate, max, min, tensor, zeros } from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/interpolate");

const line = (...values: number[]) => tensor([[values]], { dtype: "f64" });

describe("interpolate", () => {
  it("picks, averages and draws lines between elements", () => {
    const x = line(0, 6, 12);
    const to = (mode: "nearest" | "nearest-exact" | "area" | "linear", size: number) =>
      interpolate(x, { mode, size }).values();
    expect([...to("nearest", 4)]).toEqual([0, 0, 6, 12]);
    expect([...to("nearest-exact", 4)]).toEqual([0, 6, 6, 12]);
    expect([...to("area", 2)]).toEqual([3, 9]);
    expect([...to("linear", 6)]).toEqual([0, 1.5, 4.5, 7.5, 10.5, 12]);
    expect([...interpolate(x, { mode: "linear", size: 5, alignCorners: true }).values()]).toEqual([
      0, 3, 6, 9, 12,
    ]);
  });

  it("puts positions where the factor says, or where the extents do", () => {
    const x = line(0, 10, 20, 30);
    const asked = interpolate(x, { mode: "linear", scaleFactor: 0.6 });
    const recomputed = interpolate(x, { mode: "linear", scaleFactor: 0.6, recomputeScaleFactor: true });
    expect(asked.shape).toEqual([1, 1, 2]);
    expect(asked.values()[1]).toBeCloseTo(20, 12);
    expect(recomputed.values()[1]).toBeCloseTo(25, 12);
  });

  it("picks by the factor even where the extents agree, and the element that begins where a position falls", () => {
    expect([...interpolate(line(0, 1, 2, 3), { scaleFactor: 1.2 }).values()]).toEqual([0, 0, 1, 2]);
    // In the middle of 49 positions begins the second of two elements, whatever 2 / 49 · 24.5 rounds to.
    const halves = interpolate(line(0, 1), { mode: "nearest-exact", size: 49 }).values();
    expect([...halves].indexOf(1)).toBe(24);
  });

  it("goes through the elements themselves where extents agree", () => {
    const x = line(1, -2, 4);
    for (const mode of ["nearest", "area", "linear"] as const)
      expect(interpolate(x, { mode, size: 3 }).toArray()).toEqual(x.toArray());
  });

  it("reproduces lines between the second and the last but one element, with cubic pieces", () => {
    const x = tensor([[[[0, 1, 2, 3, 4, 5]]]], { dtype: "f64" });
    const values = interpolate(x, { mode: "bicubic", size: [1, 16], alignCorners: true }).values();
    for (let k = 3; k <= 12; k++) expect(values[k]).toBeCloseTo(k / 3, 1);
    expect(values[6]).toBeCloseTo(2, 14);
  });

  it("keeps constants, and within the elements where it does not overshoot", () => {
    const modes = fc.constantFrom("nearest", "nearest-exact", "area", "linear", "bilinear", "bicubic");
    fc.assert(
      fc.property(
        modes,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        (mode, extent, size) => {
          const axes = mode.startsWith("bi") ? 2 : 1;
          const shape = [1, 1, ...new Array<number>(axes).fill(extent)];
          interpolate(full(shape, 3, "f64"), { mode, size })
            .values()
            .forEach((value) => {
              expect(value).toBeCloseTo(3, 13);
            });
          if (mode === "bicubic") return;
          const x = numbers(shape);
          for (const value of interpolate(x, { mode, size }).values()) {
            expect(value).toBeGreaterThanOrEqual(min(x).item());
            expect(value).toBeLessThanOrEqual(max(x).item());
          }
        },
      ),
    );
  });

  it("keeps NaN where it is read, and only there", () => {
    const values = interpolate(line(Number.NaN, 1, 2), { mode: "linear", size: 6 }).values();
    expect([...values].map(Number.isNaN)).toEqual([true, true, true, false, false, false]);
  });

  it("says what does not fit", () => {
    const x = zeros([1, 1, 3]);
    expect(() => interpolate(x, {})).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: interpolate: expected either a size or a scaleFactor, got undefined]`,
    );
    expect(() => interpolate(x, { size: 2, scaleFactor: 2 })).toThrow("either a size or a scaleFactor");
    expect(() => interpolate(x, { size: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: interpolate: expected 1 extents of at least 1, got 0]`,
    );
    expect(() => interpolate(x, { size: 2, mode: "bilinear" })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: interpolate: expected [batch, channels, ...2 axes that are not empty] for mode bilinear, got [1, 1, 3]]`,
    );
    expect(() => interpolate(x, { size: 2, alignCorners: true })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: interpolate: expected no alignCorners for mode nearest, got true]`,
    );
    expect(() => interpolate(x, { size: 2, recomputeScaleFactor: true })).toThrow(
      "a scaleFactor to recompute",
    );
    expect(() => interpolate(x, { size: 2, mode: "cubic" as "linear" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: interpolate: expected a mode of nearest, nearest-exact, area, linear, bilinear, trilinear, bicubic, got "cubic"]`,
    );
    expect(() => interpolate(zeros([1, 1, 0]), { size: 2 })).toThrow("axes that are not empty");
  });
});
