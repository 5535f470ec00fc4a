import { truncatedNormal } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

/** Mean and deviation of N(0, 1) within bounds: (φ(a) - φ(b)) / (Φ(b) - Φ(a)) and so on, from the complementary error function. */
const answers = [
  { low: -2, high: 2, mean: 0, deviation: 0.8796256610342398 },
  { low: -1, high: 0.5, mean: -0.206631218, deviation: 0.415660028 },
  { low: 3, high: 4, mean: 3.260454286, deviation: 0.221986022 },
  { low: 10, high: 11, mean: 10.098068375, deviation: 0.097060661 },
];

describe("truncatedNormal", () => {
  it.each(answers)(
    "has the moments of the cut distribution, from $low to $high",
    ({ low, high, ...answer }) => {
      for (const sign of [1, -1]) {
        const [from, to] = sign === 1 ? [low, high] : [-high, -low];
        const values = draw(truncatedNormal({ low: from, high: to })).values();
        const { mean, deviation } = moments(values);
        const error = 5 / Math.sqrt(values.length);
        expect(Math.abs(mean - sign * answer.mean)).toBeLessThan(error * answer.deviation);
        expect(Math.abs(deviation / answer.deviation - 1)).toBeLessThan(2 * error);
        expect(values.every((value) => value >= from && value <= to)).toBe(true);
      }
    },
  );

  it("shifts and stretches what is cut", () => {
    const values = draw(truncatedNormal({ mean: 5, std: 0.5, low: 4, high: 6 })).values();
    const plain = draw(truncatedNormal()).values();
    for (let i = 0; i < 100; i++) expect(values[i]).toBeCloseTo(5 + 0.5 * plain[i], 14);
  });

  it("draws in single precision what it draws in double, rounded", () => {
    const [single, double] = [draw(truncatedNormal(), { dtype: "f32" }), draw(truncatedNormal())];
    expect(single.dtype).toBe("f32");
    expect([...single.values()]).toEqual([...Float32Array.from(double.values())]);
  });

  it("refuses bounds that hold nothing", () => {
    expect(() => truncatedNormal({ low: 1, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: truncatedNormal: expected low < high, got [1, 1]]`,
    );
    expect(() => truncatedNormal({ std: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: truncatedNormal: expected a positive standard deviation, got 0]`,
    );
  });
});
