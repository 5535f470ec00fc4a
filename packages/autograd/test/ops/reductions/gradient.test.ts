import { describe, expect, it } from "vitest";
import { gradient, tensor, zeros } from "../../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): ReturnType<typeof tensor> =>
  tensor(values, { dtype: "f64" });

describe("slopes of samples", () => {
  const x = f64([1, 4, 9, 16]);

  it("are PyTorch's, on even and uneven spacing", () => {
    expect(gradient(x, { spacing: 2 })[0].toArray()).toEqual([1.5, 2, 3, 3.5]);
    const uneven = gradient(x, { spacing: [f64([0, 1, 3, 4])], edgeOrder: 2 });
    expect(uneven[0].toArray()).toEqual([19 / 6, 17 / 6, 5.5, 8.5].map((slope) => expect.closeTo(slope, 14)));
  });

  it("are exact for a parabola, at the ends too with order 2", () => {
    const places = f64([-1, 0.5, 1, 3, 3.25]);
    const parabola = f64([-1, 0.5, 1, 3, 3.25].map((t) => 2 * t * t - t));
    expect(gradient(parabola, { spacing: [places], edgeOrder: 2 })[0].toArray()).toEqual(
      [-5, 1, 3, 11, 12].map((slope) => expect.closeTo(slope, 13)),
    );
  });

  it("come one for each axis", () => {
    const [down, across] = gradient(
      f64([
        [1, 2, 4],
        [5, 8, 12],
      ]),
    );
    expect(down.toArray()).toEqual([
      [4, 6, 8],
      [4, 6, 8],
    ]);
    expect(across.toArray()).toEqual([
      [1, 1.5, 2],
      [3, 3.5, 4],
    ]);
    expect(gradient(zeros([2, 3, 4]), { axis: [0, -1], spacing: [1, 2] })).toHaveLength(2);
    expect(gradient(zeros([2, 3]), { axis: 1 })).toHaveLength(1);
  });

  it("say what they need", () => {
    expect(() => gradient(zeros([2]), { edgeOrder: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gradient: expected at least 3 points along axis 0, got [2]]`,
    );
    expect(() => gradient(zeros([3]), { spacing: [zeros([2])] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gradient: expected positions [3] for axis 0, got [3] and [2]]`,
    );
    expect(() => gradient(zeros([3, 3]), { spacing: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gradient: expected 2 spacings, one for each axis, got [1]]`,
    );
  });
});
