import { Generator, ones, type Tensor, tensor } from "@isograd/autograd";
import { Conv2d, heNormal, Linear, zeros } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("Linear and Conv2d", () => {
  it("begin uniform within ±1/√fanIn, or as told", () => {
    const largest = (x: Tensor | null) => Math.max(...Array.from(x?.values() ?? [], Math.abs));
    const conv = new Conv2d({ inChannels: 4, outChannels: 64, kernelSize: [2, 2] });
    for (const held of [conv.weight, conv.bias]) {
      expect(largest(held)).toBeLessThanOrEqual(0.25);
      expect(largest(held)).toBeGreaterThan(0.22);
    }
    const told = new Linear({
      inFeatures: 2,
      outFeatures: 2,
      weightInit: heNormal(),
      biasInit: zeros,
      generator: new Generator(1),
    });
    expect(told.bias?.toArray()).toEqual([0, 0]);
    const again = heNormal()({ shape: [2, 2], generator: new Generator(1) });
    expect(told.weight.toArray()).toEqual(again.toArray());
  });

  it("say what does not fit", () => {
    const layer = new Linear({ inFeatures: 3, outFeatures: 2 });
    expect(() => layer.call(ones([2, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: expected [..., in] and a weight [out, in] or [in], got [2, 4] and [2, 3]]`,
    );
    expect(() => layer.call(tensor(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: expected [..., in] and a weight [out, in] or [in], got [] and [2, 3]]`,
    );
    expect(() => new Linear({ inFeatures: 0, outFeatures: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Linear: expected inFeatures to be a positive integer, got 0]`,
    );
    expect(
      () => new Conv2d({ inChannels: 3, outChannels: 4, kernelSize: 2, groups: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv2d: expected groups that divide 3 and 4 channels, got 2]`,
    );
    expect(
      () => new Conv2d({ inChannels: 3, outChannels: 4, kernelSize: [2, 0] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv2d: expected kernelSize to be a positive integer, got 0]`,
    );
  });
});
