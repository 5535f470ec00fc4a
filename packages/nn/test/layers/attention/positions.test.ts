import { Generator, randn, slice, type Tensor, transpose, zeros } from "@isograd/autograd";
import { LearnedPositions, SinusoidalPositions } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const drawn = (name: string, ...shape: number[]): Tensor => randn(new Generator(name), shape, "f64");

describe("SinusoidalPositions", () => {
  it("adds sines and cosines whose frequencies fall, for even and odd numbers of features", () => {
    for (const features of [6, 5]) {
      const values = new SinusoidalPositions({ features }).call(zeros([4, features], "f64")).values();
      for (let position = 0; position < 4; position++) {
        for (let feature = 0; feature < features; feature++) {
          const angle = position / 10000 ** ((2 * Math.floor(feature / 2)) / features);
          const wave = feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
          expect(values[position * features + feature]).toBeCloseTo(wave, 14);
        }
      }
    }
  });
});

describe.each([
  ["SinusoidalPositions", (batchFirst: boolean) => new SinusoidalPositions({ features: 4, batchFirst })],
  [
    "LearnedPositions",
    (batchFirst: boolean) =>
      new LearnedPositions({
        maxLength: 9,
        features: 4,
        batchFirst,
        dtype: "f64",
        generator: new Generator(1),
      }),
  ],
])("%s", (_, make) => {
  it("adds the same to each sequence of a batch, which comes first or second", () => {
    const x = drawn("x", 2, 3, 4);
    const first = make(true).call(x);
    const alone = make(true).call(slice(x, 0, { start: 1, end: 2 }));
    expect(slice(first, 0, { start: 1, end: 2 }).toArray()).toEqual(alone.toArray());
    expect(transpose(make(false).call(transpose(x, 0, 1)), 0, 1).toArray()).toEqual(first.toArray());
    expect(first.toArray()).not.toEqual(x.toArray());
  });

  it("continues a sequence where it was left", () => {
    const x = drawn("x", 5, 4);
    const rest = make(false).call(slice(x, 0, { start: 3, end: 5 }), 3);
    expect(rest.toArray()).toEqual(slice(make(false).call(x), 0, { start: 3, end: 5 }).toArray());
  });
});

describe("positions", () => {
  it("say what does not fit", () => {
    const learnt = new LearnedPositions({ maxLength: 3, features: 4 });
    expect(() => learnt.call(zeros([2, 4]), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: LearnedPositions: expected positions below 3, got "2 from 2 on"]`,
    );
    expect(() => learnt.call(zeros([2, 5]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: LearnedPositions: expected [length, batch, 4] or [length, 4], got [2, 5]]`,
    );
    const waves = new SinusoidalPositions({ features: 4, batchFirst: true });
    expect(() => waves.call(zeros([4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: SinusoidalPositions: expected [batch, length, 4] or [length, 4], got [4]]`,
    );
  });
});
