import { fromData, tensor } from "@isograd/autograd";
import { accuracy } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("accuracy", () => {
  const outputs = tensor([
    [1, 3],
    [2, 0],
    [5, 4],
  ]);

  it("counts rows whose largest output is the target's class", () => {
    expect(accuracy(outputs, fromData(Int32Array.of(1, 1, 0), [3]))).toBeCloseTo(2 / 3, 12);
    expect(
      accuracy(
        outputs,
        tensor([
          [0, 1],
          [1, 0],
          [1, 0],
        ]),
      ),
    ).toBe(1);
  });

  it("refuses what does not fit", () => {
    expect(() => accuracy(outputs, fromData(Int32Array.of(1, 1), [2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: accuracy: expected outputs [batch, classes] and labels [batch], got [3, 2] and [2]]`,
    );
    expect(() => accuracy(tensor([]), fromData(Int32Array.of(), [0]))).toThrow(/accuracy: expected outputs/);
  });
});
