import { describe, expect, it } from "vitest";
import {
  affineGrid,
  backward,
  gridSample,
  interpolate,
  parameter,
  sum,
  tensor,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/spatial/grid-sample");

const image = tensor(
  [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  { dtype: "f64" },
);
const at = (x: number, y: number) => tensor([[[[x, y]]]], { dtype: "f64" });

describe("gridSample", () => {
  it("gives the image back on its own grid", () => {
    const x = numbers([2, 3, 4, 5]);
    const identity = tensor(
      [
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
      ],
      { dtype: "f64" },
    );
    for (const alignCorners of [true, false]) {
      const grid = affineGrid(identity, x.shape, { alignCorners });
      for (const mode of ["bilinear", "nearest", "bicubic"] as const)
        gridSample(x, grid, { mode, alignCorners })
          .values()
          .forEach((value, k) => {
            expect(value).toBeCloseTo(x.values()[k], 12);
          });
    }
  });

  it("interpolates as interpolate does", () => {
    const x = numbers([1, 2, 3, 4]);
    const grid = affineGrid(
      tensor(
        [
          [
            [1, 0, 0],
            [0, 1, 0],
          ],
        ],
        { dtype: "f64" },
      ),
      [1, 2, 5, 7],
    );
    for (const mode of ["bilinear", "bicubic"] as const) {
      const expected = interpolate(x, { size: [5, 7], mode }).values();
      gridSample(x, grid, { mode, paddingMode: "border" })
        .values()
        .forEach((value, k) => {
          expect(value).toBeCloseTo(expected[k], 12);
        });
    }
  });

  it("finds zeros, the border or the mirror image outside", () => {
    const sample = (paddingMode: "zeros" | "border" | "reflection", x: number) =>
      gridSample(image, at(x, -0.5), { paddingMode }).item();
    expect([sample("zeros", 3), sample("border", 3), sample("reflection", 2.5)]).toEqual([0, 2, 1]);
    expect([sample("zeros", 1), sample("border", 1), sample("reflection", 1)]).toEqual([1, 2, 2]);
  });

  it("rounds halves to the even element where it picks the nearest", () => {
    const row = tensor([[[[1, 2, 3, 4]]]]);
    const picked = gridSample(
      row,
      tensor([
        [
          [
            [-0.5, 0],
            [0, 0],
            [0.5, 0],
          ],
        ],
      ]),
      { mode: "nearest" },
    );
    expect(picked.toArray()).toEqual([[[[1, 3, 3]]]]);
  });

  it("gives NaN for a position that is NaN, zero infinitely far away, and harms no other element", () => {
    for (const mode of ["bilinear", "nearest", "bicubic"] as const) {
      for (const paddingMode of ["zeros", "border", "reflection"] as const)
        expect(gridSample(image, at(Number.NaN, 0), { mode, paddingMode }).item()).toBeNaN();
      const x = parameter(image);
      const far = gridSample(x, at(Infinity, 0), { mode });
      expect(far.item()).toBe(0);
      backward(sum(far));
      expect(x.grad?.toArray()).toEqual([
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
      ]);
    }
  });

  it("does not let an element outside of a sample's reach make it NaN", () => {
    const spoilt = tensor([[[[Number.NaN, 1, 2]]]]);
    expect(gridSample(spoilt, tensor([[[[0.5, 0]]]])).item()).not.toBeNaN();
    expect(gridSample(spoilt, tensor([[[[-5, 0]]]])).item()).toBe(0);
  });

  it("says what does not fit", () => {
    expect(() => gridSample(image, zeros([1, 1, 1, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gridSample: expected [batch, channels, height, width] and [batch, height', width', 2], or the same with a depth and 3, got [1, 1, 2, 2] and [1, 1, 1, 3]]`,
    );
    expect(() => gridSample(image, zeros([2, 1, 1, 2]))).toThrow("gridSample: expected [batch");
    expect(() =>
      gridSample(zeros([1, 1, 2, 2, 2]), zeros([1, 1, 1, 1, 3]), { mode: "bicubic" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gridSample: expected bilinear, nearest, or for images bicubic, got "bicubic"]`,
    );
    expect(() =>
      gridSample(image, at(0, 0), { paddingMode: "wrap" as "zeros" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gridSample: expected the padding zeros, border or reflection, got "wrap"]`,
    );
  });
});
