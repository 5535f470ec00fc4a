import { Generator, randn, reshape, type Tensor, zeros } from "@isograd/autograd";
import { GroupNorm, InstanceNorm1d, LayerNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const x: Tensor = randn(new Generator(1), [3, 4, 5], "f64");

const expectClose = (received: Tensor, expected: Tensor): void => {
  const aims = expected.values();
  received.values().forEach((value, i) => {
    expect(value).toBeCloseTo(aims[i], 13);
  });
};

describe("GroupNorm", () => {
  it("is a layer norm with one group, an instance norm with a group for each channel", () => {
    expectClose(
      new GroupNorm({ numGroups: 1, numChannels: 4, dtype: "f64" }).call(x),
      new LayerNorm({ normalizedShape: [4, 5], affine: false }).call(x),
    );
    expectClose(
      new GroupNorm({ numGroups: 4, numChannels: 4, dtype: "f64" }).call(x),
      new InstanceNorm1d({ numFeatures: 4 }).call(x),
    );
  });

  it("normalises neighbouring channels together", () => {
    const halves = new LayerNorm({ normalizedShape: 10, affine: false }).call(reshape(x, [3, 2, 10]));
    expectClose(new GroupNorm({ numGroups: 2, numChannels: 4, affine: false }).call(x), halves);
  });

  it("says what does not fit", () => {
    expect(() => new GroupNorm({ numGroups: 3, numChannels: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: GroupNorm: expected groups that divide 4 channels, got 3]`,
    );
    expect(() =>
      new GroupNorm({ numGroups: 2, numChannels: 4 }).call(zeros([2, 6])),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: groupNorm: expected [batch, 4, ...], got [2, 6]]`);
  });
});
