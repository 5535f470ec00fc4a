import { arange, Generator, ones, randn, reshape, type Tensor, variance } from "@isograd/autograd";
import { Conv1d, Conv2d, Conv3d, fansOf, heNormal, initialize, setSeed, xavierNormal } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const summing = (layer: Conv1d): Conv1d => {
  layer.weight.assign(ones(layer.weight.shape, "f64"));
  return layer;
};
const sequence = reshape(arange(1, 6, 1, "f64"), [1, 5]);

describe("convolutions", () => {
  it.each([
    ["zeros", [1 + 2, 1 + 2 + 3, 9, 12, 9]],
    ["reflect", [2 + 1 + 2, 6, 9, 12, 4 + 5 + 4]],
    ["replicate", [1 + 1 + 2, 6, 9, 12, 4 + 5 + 5]],
    ["circular", [5 + 1 + 2, 6, 9, 12, 4 + 5 + 1]],
  ] as const)("see %s beyond the borders", (paddingMode, expected) => {
    const options = { inChannels: 1, outChannels: 1, kernelSize: 3, bias: false, dtype: "f64" } as const;
    const padded = summing(new Conv1d({ ...options, padding: 1, paddingMode }));
    const same = summing(new Conv1d({ ...options, padding: "same", paddingMode }));
    expect(padded.call(sequence).toArray()).toEqual([expected]);
    expect(same.call(sequence).toArray()).toEqual([expected]);
  });

  it("keep the extents by the odd element behind", () => {
    const options = { inChannels: 1, outChannels: 1, kernelSize: 2, bias: false, dtype: "f64" } as const;
    const layer = summing(new Conv1d({ ...options, padding: "same" }));
    expect(layer.call(sequence).toArray()).toEqual([[3, 5, 7, 9, 5]]);
  });

  it("count outputs at the same axis with a batch and without", () => {
    const layer = new Conv3d({ inChannels: 1, outChannels: 2, kernelSize: 1 });
    for (const shape of [
      [1, 2, 2, 2],
      [3, 1, 2, 2, 2],
    ])
      expect(layer.call(ones(shape)).shape.at(layer.outputAxis)).toBe(2);
  });

  it("begin with as many inputs and outputs as meet in a group", () => {
    const options = { inChannels: 64, outChannels: 128, kernelSize: 3, groups: 16 };
    const { weight, bias } = new Conv2d(options).initials();
    expect(weight).toMatchObject({ shape: [128, 4, 3, 3], fanIn: 4 * 9, fanOut: 8 * 9 });
    expect(bias).toMatchObject({ shape: [128], fanIn: 4 * 9, fanOut: 8 * 9 });
    expect(new Conv2d({ ...options, groups: 1 }).initials().weight).toMatchObject(fansOf([128, 64, 3, 3]));
    const drawn = (layer: Conv2d): number => variance(layer.weight).item();
    const xavier = new Conv2d({ ...options, weightInit: xavierNormal(), generator: new Generator(1) });
    expect(Math.abs(drawn(xavier) * ((36 + 72) / 2) - 1)).toBeLessThan(0.1);
    const begun = new Conv2d(options);
    initialize(begun, { seed: 3, weight: heNormal({ mode: "fanOut" }) });
    expect(Math.abs(drawn(begun) * (72 / 2) - 1)).toBeLessThan(0.1);
    const bound = 1 / Math.sqrt(36);
    const largest = Math.max(...[...new Conv2d(options).weight.values()].map(Math.abs));
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(largest).toBeLessThanOrEqual(bound);
  });

  it("keep the variance of a signal from layer to layer, in groups too", () => {
    setSeed(4);
    const layers = Array.from(
      { length: 4 },
      () =>
        new Conv1d({
          inChannels: 64,
          outChannels: 64,
          kernelSize: 3,
          groups: 4,
          weightInit: heNormal({ gain: 1 }),
        }),
    );
    let x: Tensor = randn(new Generator(5), [4, 64, 64]);
    for (const layer of layers) x = layer.call(x);
    expect(Math.abs(Math.log(variance(x).item()))).toBeLessThan(0.5);
  });

  it("say which option does not fit", () => {
    const channels = { inChannels: 4, outChannels: 6, kernelSize: 3 };
    expect(() => new Conv2d({ ...channels, groups: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv2d: expected groups that divide 4 and 6 channels, got 4]`,
    );
    expect(() => new Conv1d({ ...channels, stride: 2, padding: "same" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv1d: expected a stride of 1 for padding "same", got 2]`,
    );
    expect(() => new Conv1d({ ...channels, padding: "full" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv1d: expected padding of "same", "valid" or numbers, got "full"]`,
    );
    expect(
      () => new Conv1d({ ...channels, paddingMode: "mirror" as never }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv1d: expected a paddingMode of zeros, reflect, replicate, circular, got "mirror"]`,
    );
    expect(() => new Conv3d({ ...channels, dilation: [1, 2] as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv3d: expected dilation to be a number, or a list of 3, got [1, 2]]`,
    );
    expect(() => new Conv2d({ ...channels, padding: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Conv2d: expected padding to be an integer and not negative, got -1]`,
    );
    expect(() =>
      new Conv1d({ ...channels, padding: 3, paddingMode: "reflect" }).call(ones([1, 4, 3])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reflectionPad: expected widths less than the extent, not [3, 3] at axis 2, got [1, 4, 3]]`,
    );
  });
});
