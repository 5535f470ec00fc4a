import { fanInUniform, fansOf, heNormal } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

describe("fansOf", () => {
  it("counts the kernel with a convolution", () => {
    expect(fansOf([5, 3])).toEqual({ fanIn: 3, fanOut: 5 });
    expect(fansOf([8, 4, 3, 2])).toEqual({ fanIn: 24, fanOut: 48 });
    expect(() => fansOf([3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fansOf: expected a weight [out, in, ...kernel], got [3]]`,
    );
  });

  it("gives way to fans that the slot names: a bias has its weight's", () => {
    const bias = draw(fanInUniform, { shape: [1000], fanIn: 4, fanOut: 1000 });
    expect(moments(bias.values()).largest).toBeCloseTo(0.5, 2);
    expect(() => draw(heNormal(), { shape: [3] })).toThrow(/fansOf/);
  });
});
