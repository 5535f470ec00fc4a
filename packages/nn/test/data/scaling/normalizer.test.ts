import { backward, concat, fromData, Generator, parameter, randn, sum, tensor } from "@isograd/autograd";
import { Normalizer, type NormalizerOptions, normalizer, packState, unpackState } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNumbers, readCases } from "../../reference/cases.ts";

interface Case {
  readonly options: NormalizerOptions;
  readonly data: number[][];
  readonly fresh: number[][];
  readonly expected: number[][];
}

const f64 = (rows: number[][]) => tensor(rows, { dtype: "f64" });

describe("normalizer", () => {
  it("scales as scikit-learn does, constant columns too, and back", () => {
    for (const { options, data, fresh, expected } of readCases<Case>("scaling.json")) {
      const scaling = normalizer(f64(data), options);
      const all = concat([f64(data), f64(fresh)]);
      const scaled = scaling.apply(all);
      // Their deviations of numbers near a million have lost some digits.
      expectNumbers(scaled.values(), expected.flat(), 1e-8, 1e-8);
      expectNumbers(scaling.invert(scaled).values(), all.values(), 1e-12, 1e-9);
    }
  });

  it("gives columns mean 0 and deviation 1, whatever their size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 12 }),
        fc.constantFrom(1e-310, 1e-160, 1e-3, 1, 1e5, 1e150, 1e304),
        fc.constantFrom(0, 1, -1e9),
        (drawn, size, offset) => {
          fc.pre(new Set(drawn).size > 1);
          const data = Float64Array.from(drawn, (x) => (x + offset) * size);
          fc.pre(data.every((x) => Number.isFinite(x)));
          const scaled = Array.from(normalizer(data).apply(data).values());
          const mean = scaled.reduce((total, x) => total + x, 0) / scaled.length;
          const square = scaled.reduce((total, x) => total + x * x, 0) / scaled.length;
          expect(Math.abs(mean)).toBeLessThan(offset < -1 ? 1e-6 : 1e-9);
          expect(Math.abs(square - 1)).toBeLessThan(offset < -1 || size < 1e-300 ? 1e-5 : 1e-9);
        },
      ),
    );
  });

  it("keeps all digits of many numbers", () => {
    const [count, share] = [200_000, 0.1];
    const data = new Float64Array(count + 2).fill(share);
    data.set([0, 1]);
    const { shift, scale } = normalizer(data).state;
    const mean = (1 + share * count) / (count + 2);
    const square = (1 + share ** 2 * count) / (count + 2) - mean ** 2;
    expect(Math.abs(shift[0] / mean - 1)).toBeLessThan(4e-16);
    expect(Math.abs(scale[0] / Math.sqrt(square) - 1)).toBeLessThan(1e-11); // the reference has lost some
  });

  it("takes channels of images, another axis, or all numbers as one", () => {
    const images = fromData(
      Float32Array.from({ length: 24 }, (_, k) => k),
      [2, 3, 2, 2],
    );
    const scaling = normalizer(images);
    expect(scaling.state.axis).toBe(-3);
    expect([...Array.from(scaling.state.shift)]).toEqual([7.5, 11.5, 15.5]);
    expect(scaling.apply(images).shape).toEqual([2, 3, 2, 2]);
    // One image without the axis of rows.
    expect(scaling.apply(fromData(new Float32Array(12).fill(7.5), [3, 2, 2])).values()[0]).toBe(0);
    expect(Array.from(normalizer(images, { axis: -1, method: "minMax" }).state.shift)).toEqual([0, 1]);
    expect(Array.from(normalizer(images, { axis: null }).state.shift)).toEqual([11.5]);
    expect(normalizer(Float32Array.of(1, 3)).apply(Int32Array.of(1, 5)).toArray()).toEqual([-1, 3]);
  });

  it("rounds once: numbers of single precision keep their digits far from 0", () => {
    const data = Float32Array.from({ length: 64 }, (_, k) => 1e6 + k / 16);
    const exact = normalizer(Float64Array.from(data)).apply(Float64Array.from(data)).values();
    const single = normalizer(data).apply(data);
    expect(single.dtype).toBe("f32");
    expect([...single.values()]).toEqual([...Float32Array.from(exact)]);
  });

  it("lets gradients and NaN through", () => {
    const scaling = normalizer(tensor([[0], [4]], { dtype: "f64" }));
    const x = parameter([[1], [Number.NaN]]);
    backward(sum(scaling.apply(x)));
    expect(x.grad?.toArray()).toEqual([[0.5], [0.5]]);
    expect(scaling.apply(x).toArray()).toEqual([[-0.5], [Number.NaN]]);
  });

  it("is its state: saved, made anew, or assigned", () => {
    const data = randn(new Generator(1), [9, 3], "f64");
    const scaling = normalizer(data);
    const { state } = scaling;
    const saved = unpackState(packState(state)) as typeof state;
    const text = JSON.parse(
      JSON.stringify({
        axis: state.axis,
        shift: [...Array.from(state.shift)],
        scale: [...Array.from(state.scale)],
      }),
    );
    const assigned = new Normalizer({ axis: null, shift: [0], scale: [1] });
    assigned.state = saved;
    for (const again of [new Normalizer(saved), new Normalizer(text), assigned])
      expect(again.apply(data).toArray()).toEqual(scaling.apply(data).toArray());
  });

  it("names row and column of a number that is not finite", () => {
    const bad = tensor([
      [1, 2],
      [3, Number.NaN],
    ]);
    expect(() => normalizer(bad)).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: normalizer: expected finite data, got NaN at row 1, column 1]`,
    );
    expect(() => normalizer(Float64Array.of(0, Number.POSITIVE_INFINITY))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: normalizer: expected finite data, got Infinity at row 1]`,
    );
    expect(() => normalizer(Float64Array.of(-1.7e308, 1.7e308))).toThrowErrorMatchingInlineSnapshot(
      `[NonFiniteError: normalizer: expected numbers whose range is finite]`,
    );
  });

  it("refuses data that is empty or of other columns, and options that fit no method", () => {
    expect(() => normalizer(new Float32Array(0))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: normalizer: expected numbers to learn from, got [0]]`,
    );
    expect(() => normalizer(tensor([[1, 2]])).apply(tensor([[1, 2, 3]]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Normalizer: expected 2 columns at axis -1, counted from the end, got [1, 3]]`,
    );
    expect(() => normalizer(tensor([[1, 2]]), { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: normalizer: expected an axis from 0 to 1, or null, got 2]`,
    );
    expect(() => normalizer(tensor([[1, 2]]), { range: [0, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: normalizer: expected a range only for minMax, quantiles only for robust, got "standard"]`,
    );
    expect(() => normalizer(tensor([[1, 2]]), { method: "minMax", range: [1, 0] })).toThrow(/low < high/);
    expect(() => normalizer(tensor([[1, 2]]), { method: "robust", quantiles: [0.5, 2] })).toThrow(
      /high <= 1/,
    );
    expect(() => normalizer(tensor([[1, 2]]), { method: "mean" as never })).toThrow(
      /standard, minMax or robust/,
    );
    const state = { axis: -1, shift: [0, 0], scale: [1, 1] };
    expect(() => new Normalizer({ ...state, scale: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Normalizer.state: expected scales that are finite and not 0, got [1, 0]]`,
    );
    expect(() => new Normalizer({ ...state, shift: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Normalizer.state: expected a finite shift for each scale, got [1]]`,
    );
    expect(() => new Normalizer({ ...state, axis: null })).toThrow(/shift for each scale/);
    expect(() => new Normalizer({ ...state, axis: 1 })).toThrow(/counted from the end/);
  });
});
