import { describe, expect, it } from "vitest";
import { diff, tensor } from "../../../src/index.ts";

describe("differences", () => {
  const x = tensor([1, 4, 9, 16]);

  it("are taken as often as asked", () => {
    expect(diff(x).toArray()).toEqual([3, 5, 7]);
    expect(diff(x, { n: 2 }).toArray()).toEqual([2, 2]);
    expect(diff(x, { n: 9 }).shape).toEqual([0]);
    expect(diff(x, { n: 0 })).toBe(x);
    expect(() => diff(x, { n: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: diff: expected an order that is an integer and not negative, got -1]`,
    );
  });

  it("of truth values say whether they differ", () => {
    expect(diff(tensor([true, true, false]))).toMatchObject({ dtype: "bool" });
    expect(diff(tensor([true, true, false])).toArray()).toEqual([0, 1]);
  });

  it("begin and end with what is put there", () => {
    expect(diff(x, { prepend: tensor([0]), append: tensor([17]) }).toArray()).toEqual([1, 3, 5, 7, 1]);
    expect(
      diff(
        tensor([
          [1, 2],
          [5, 9],
        ]),
        { axis: 0, append: tensor([[5, 5]]) },
      ).toArray(),
    ).toEqual([
      [4, 7],
      [0, -4],
    ]);
  });
});
