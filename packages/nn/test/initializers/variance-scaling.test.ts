import { Generator, relu } from "@isograd/autograd";
import {
  criticalInit,
  fanInUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  normal,
  uniform,
  xavierNormal,
  xavierUniform,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw, moments } from "./draws.ts";

/** [out 200, in 300]. */
const scaled: readonly [name: string, initializer: Initializer, deviation: number, isUniform: boolean][] = [
  ["normal", normal({ std: 0.3 }), 0.3, false],
  ["uniform", uniform({ low: -0.6, high: 0.6 }), 0.6 / Math.sqrt(3), true],
  ["xavierNormal", xavierNormal({ gain: 5 / 3 }), (5 / 3) * Math.sqrt(2 / 500), false],
  ["xavierUniform", xavierUniform(), Math.sqrt(2 / 500), true],
  ["heNormal", heNormal(), Math.sqrt(2 / 300), false],
  ["heNormal over fanOut", heNormal({ mode: "fanOut" }), Math.sqrt(2 / 200), false],
  ["heUniform", heUniform({ gain: 3 }), 3 / Math.sqrt(300), true],
  ["lecunNormal", lecunNormal(), Math.sqrt(1 / 300), false],
  ["lecunUniform", lecunUniform(), Math.sqrt(1 / 300), true],
  ["fanInUniform", fanInUniform, Math.sqrt(1 / 900), true],
  ["criticalInit of relu", criticalInit(relu).weight, Math.sqrt(2 / 300), false],
];

describe.each(scaled)("%s", (_, initializer, expected, isUniform) => {
  it("has mean 0 and the deviation it promises", () => {
    const { mean, deviation, largest } = moments(draw(initializer).values());
    // 60,000 draws: five standard errors.
    expect(Math.abs(mean)).toBeLessThan((5 * expected) / Math.sqrt(60_000));
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * 60_000));
    if (isUniform) {
      expect(largest).toBeLessThanOrEqual(Math.sqrt(3) * expected * (1 + 1e-12));
      expect(largest).toBeGreaterThan(0.999 * Math.sqrt(3) * expected);
    } else expect(largest).toBeGreaterThan(3.5 * expected);
  });

  it("draws from the slot's generator, in its element type", () => {
    expect(draw(initializer).toArray()).toEqual(draw(initializer).toArray());
    expect(draw(initializer, { generator: new Generator(10) }).toArray()).not.toEqual(
      draw(initializer).toArray(),
    );
    expect(draw(initializer).dtype).toBe("f64");
    expect(draw(initializer, { dtype: undefined }).dtype).toBe("f32");
    expect(draw(initializer).requiresGrad).toBe(false);
  });
});
