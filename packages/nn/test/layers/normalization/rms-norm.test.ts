import { Generator, mul, randn, type Tensor, zeros } from "@isograd/autograd";
import { RMSNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const x: Tensor = randn(new Generator(1), [3, 2, 5], "f64");

describe("RMSNorm", () => {
  it("gives each example a mean square of 1, times the weight", () => {
    const layer = new RMSNorm({ normalizedShape: [2, 5], eps: 1e-12, dtype: "f64" });
    const square = (values: Float64Array): number =>
      values.reduce((total, value) => total + value ** 2, 0) / 10;
    const meanSquares = (): number[] => {
      const values = layer.call(x).values() as Float64Array;
      return [0, 1, 2].map((k) => square(values.slice(10 * k, 10 * k + 10)));
    };
    for (const meanSquare of meanSquares()) expect(meanSquare).toBeCloseTo(1, 10);
    layer.weight?.assign(mul((layer.weight as Tensor).detach(), 3));
    for (const meanSquare of meanSquares()) expect(meanSquare).toBeCloseTo(9, 9);
  });

  it("does not change with the scale of its input, and keeps its direction", () => {
    const layer = new RMSNorm({ normalizedShape: 5, affine: false });
    const [one, other] = [layer.call(x).values(), layer.call(mul(x, 1000)).values()];
    one.forEach((value, i) => {
      expect(other[i]).toBeCloseTo(value, 12);
      expect(Math.sign(value)).toBe(Math.sign(x.values()[i]));
    });
    expect(layer.parameters()).toEqual([]);
  });

  it("adds eps to the mean square: by default the spacing of the element type at 1", () => {
    const tiny = mul(x, 1e-8);
    const [first] = tiny.values();
    const row = tiny.values().slice(0, 5) as Float64Array;
    const meanSquare = row.reduce((total, value) => total + value ** 2, 0) / 5;
    const layer = (eps?: number): RMSNorm => new RMSNorm({ normalizedShape: 5, eps, dtype: "f64" });
    expect(layer().call(tiny).values()[0]).toBeCloseTo(first / Math.sqrt(meanSquare + Number.EPSILON), 12);
    expect(layer(1).call(tiny).values()[0] / first).toBeCloseTo(1, 12);
  });

  it("says what does not fit", () => {
    expect(() => new RMSNorm({ normalizedShape: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: RMSNorm: expected normalizedShape to be a positive integer, got 0]`,
    );
    expect(() => new RMSNorm({ normalizedShape: 5 }).call(zeros([5, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: rmsNorm: expected a tensor that ends with the normalised shape, got [5, 2] and [5]]`,
    );
  });
});
