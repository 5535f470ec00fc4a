import { describe, expect, it } from "vitest";
import {
  alphaDropout,
  cast,
  dropout,
  featureAlphaDropout,
  featureDropout,
  Generator,
  mean,
  ones,
  randn,
  type Tensor,
  variance,
  zeros,
} from "../../src/index.ts";

const seeded = (probability: number, seed = 1) => ({ probability, generator: new Generator(seed) });
const shareOfZeros = (x: Tensor): number => x.values().filter((value) => value === 0).length / x.size;

/** Five standard deviations of the share of successes. */
const spread = (probability: number, count: number): number =>
  5 * Math.sqrt((probability * (1 - probability)) / count);

describe("dropout", () => {
  it.each([0.1, 0.5, 0.8])("sets the share %s to 0 and divides the rest by what stays", (probability) => {
    const dropped = dropout(ones([4000], "f64"), seeded(probability));
    expect(Math.abs(shareOfZeros(dropped) - probability)).toBeLessThan(spread(probability, 4000));
    expect(new Set(dropped.values())).toEqual(new Set([0, 1 / (1 - probability)]));
  });

  it("keeps all at 0 and nothing at 1", () => {
    const x = randn(new Generator(2), [50], "f64");
    expect(dropout(x, seeded(0)).toArray()).toEqual(x.toArray());
    expect(dropout(ones([50]), seeded(1)).toArray()).toEqual(zeros([50]).toArray());
  });

  it("drops the same for the same seed, whatever the element type", () => {
    const x = randn(new Generator(3), [100], "f64");
    const [double, single] = [x, cast(x, "f32")].map((each) => dropout(each, seeded(0.3)));
    expect(Array.from(single.values(), (v) => v === 0)).toEqual(Array.from(double.values(), (v) => v === 0));
    expect(dropout(x, seeded(0.3, 2)).toArray()).not.toEqual(double.toArray());
  });

  it.each([-0.1, 1.5, Number.NaN])("refuses the probability %s", (probability) => {
    expect(() => dropout(ones([1]), seeded(probability))).toThrow(
      /dropout: expected a probability within \[0, 1\]/,
    );
  });
});

describe("dropout of channels", () => {
  it("drops whole channels", () => {
    const dropped = featureDropout(ones([30, 20, 2, 3], "f64"), seeded(0.4)).toArray() as number[][][][];
    const channels = dropped.flat().map((channel) => channel.flat());
    for (const channel of channels) expect(new Set(channel).size).toBe(1);
    const share = channels.filter(([first]) => first === 0).length / channels.length;
    expect(Math.abs(share - 0.4)).toBeLessThan(spread(0.4, 600));
  });
});

describe("alpha dropout", () => {
  it.each([alphaDropout, featureAlphaDropout])("keeps mean 0 and variance 1", (f) => {
    const dropped = f(randn(new Generator(4), [200, 200], "f64"), seeded(0.3));
    // 40,000 draws: five standard errors, the fourth moment of the mixture being below 8.
    expect(Math.abs(mean(dropped).item())).toBeLessThan(5 / Math.sqrt(40_000));
    expect(Math.abs(variance(dropped).item() - 1)).toBeLessThan(5 * Math.sqrt(8 / 40_000));
  });

  it("takes SELU's limit for what is dropped, before both are rescaled", () => {
    const dropped = new Set(alphaDropout(zeros([100], "f64"), seeded(0.5)).values());
    const limit = -1.7580993408473766;
    const scale = 1 / Math.sqrt(0.5 * (1 + 0.5 * limit * limit));
    const [first, second] = [...dropped].sort((a, b) => a - b);
    expect(dropped.size).toBe(2);
    expect(first).toBeCloseTo(scale * (limit - 0.5 * limit), 14);
    expect(second).toBeCloseTo(-scale * 0.5 * limit, 14);
  });

  it("drops all at 1", () => {
    expect(alphaDropout(ones([3]), seeded(1)).toArray()).toEqual([0, 0, 0]);
  });
});
