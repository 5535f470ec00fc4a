import { Generator, mul, ones, randn, sum, variance } from "@isograd/autograd";
import {
  Conv2d,
  ConvTranspose1d,
  ConvTranspose2d,
  heNormal,
  initializeFromData,
  weightNorm,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("transposed convolutions", () => {
  it("are the adjoints of convolutions with the same weight", () => {
    const options = { kernelSize: [3, 2], stride: [2, 1], padding: 1, bias: false, dtype: "f64" } as const;
    const there = new Conv2d({ inChannels: 4, outChannels: 6, groups: 2, ...options });
    const back = new ConvTranspose2d({ inChannels: 6, outChannels: 4, groups: 2, ...options });
    back.weight.assign(there.weight.detach());
    const generator = new Generator(6);
    const x = randn(generator, [2, 4, 5, 6], "f64");
    const seen = there.call(x);
    const y = randn(generator, seen.shape, "f64");
    expect(sum(mul(seen, y)).item()).toBeCloseTo(sum(mul(x, back.call(y))).item(), 10);
  });

  it("give the size that is asked for, where the stride lets several fit", () => {
    const layer = new ConvTranspose2d({
      inChannels: 1,
      outChannels: 1,
      kernelSize: 3,
      stride: [2, 3],
      padding: 1,
    });
    for (const size of [
      [5, 7],
      [6, 9],
    ])
      expect(layer.call(ones([1, 1, 3, 3]), size).shape).toEqual([1, 1, ...size]);
    expect(() => layer.call(ones([1, 1, 3, 3]), [7, 7])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ConvTranspose2d: expected a size from [5, 7] to [6, 9], got [1, 1, 3, 3] and [7, 7]]`,
    );
    expect(() => layer.call(ones([1, 3, 3]), [5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ConvTranspose2d: expected a size from [5, 7] to [6, 9], got [1, 3, 3] and [5]]`,
    );
  });

  it("begin with the fans of what they do, not of the shape of their weight", () => {
    const options = { inChannels: 32, outChannels: 96, kernelSize: 5, groups: 4 };
    const { weight, bias } = new ConvTranspose1d(options).initials();
    expect(weight).toMatchObject({ shape: [32, 24, 5], fanIn: 8 * 5, fanOut: 24 * 5 });
    expect(bias).toMatchObject({ shape: [96], fanIn: 8 * 5, fanOut: 24 * 5 });
    const drawn = new ConvTranspose1d({ ...options, weightInit: heNormal(), generator: new Generator(1) });
    expect(variance(drawn.weight).item()).toBeCloseTo(2 / 40, 2);
    const own = new ConvTranspose1d({ ...options, generator: new Generator(2) });
    // PyTorch's bound: one over the root of what it takes for the fan in, the second axis times the kernel.
    for (const tensor of [own.weight, own.bias ?? own.weight])
      expect(Math.max(...[...tensor.values()].map(Math.abs)) * Math.sqrt(120)).toBeGreaterThan(0.95);
    for (const tensor of [own.weight, own.bias ?? own.weight])
      expect(Math.max(...[...tensor.values()].map(Math.abs)) * Math.sqrt(120)).toBeLessThanOrEqual(1.000001);
  });

  it("take lengths from data along the axis of their outputs only", () => {
    const make = () => new ConvTranspose1d({ inChannels: 3, outChannels: 3, kernelSize: 2, dtype: "f64" });
    const x = randn(new Generator(7), [8, 3, 5], "f64");
    const layer = weightNorm(make(), { axis: 1 });
    expect(initializeFromData(layer, x)).toBe(1);
    expect(variance(layer.call(x), { axis: [0, 2], correction: 0 }).toArray()).toEqual([
      expect.closeTo(1, 10),
      expect.closeTo(1, 10),
      expect.closeTo(1, 10),
    ]);
    expect(() => initializeFromData(weightNorm(make()), x)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: weightNorm: expected a length for each output (axis: 1), got [3, 1, 1] and [3]]`,
    );
  });
});
