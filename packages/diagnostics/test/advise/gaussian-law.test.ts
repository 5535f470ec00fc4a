import {
  defineActivation,
  defineGate,
  Generator,
  gradients,
  mul,
  parameter,
  randn,
  relu,
  silu,
  swiglu,
  tanh,
  tensor,
} from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { lawOf } from "../../src/advise/gaussian-law.ts";
import { meanOf } from "../../src/statistics.ts";

describe("lawOf an activation", () => {
  it("has the closed forms of ReLU", () => {
    const law = lawOf(relu);
    expect(law.meanSquare(3)).toBeCloseTo(1.5, 12);
    expect(law.variance(1)).toBeCloseTo(1 / 2 - 1 / (2 * Math.PI), 12);
    expect(law.slope(3)).toBeCloseTo(1 / 2, 12);
    expect(law.k(2)).toBeCloseTo(5, 10);
    expect(law.power(3)).toBeCloseTo(1, 10);
    // The line through it has the slope ½.
    expect(law.straight(4)).toBeCloseTo(1 / 4 / (1 / 2 - 1 / (2 * Math.PI)), 6);
    expect(law.normalizedSlope()).toBeCloseTo(Math.PI / (Math.PI - 1), 10);
    expect(law.saturated(1)).toBe(0.5);
  });

  it.each([0.25, 1])("explains of tanh what its mean slope, 1 - E tanh², does: N(0, %f)", (q) => {
    const { meanF2, varianceF } = tanh.facts.moments(q);
    expect(lawOf(tanh).straight(q)).toBeCloseTo((q * (1 - meanF2) ** 2) / varianceF, 6);
  });

  it.each([0, 0.4, -0.9, 1])("knows the product of two inputs, with a correlation of %s", (correlation) => {
    // The arc-cosine kernel.
    const angle = Math.acos(correlation);
    const kernel = (Math.sin(angle) + (Math.PI - angle) * correlation) / (2 * Math.PI);
    expect(lawOf(relu).product(correlation, 2)).toBeCloseTo(2 * kernel, 8);
  });
});

describe("lawOf a gate", () => {
  it("has the closed forms of a product", () => {
    const identity = defineActivation({ name: "identity", f: (x) => mul(1, x) });
    const law = lawOf(defineGate("bilinear", identity));
    expect(law.meanSquare(3)).toBeCloseTo(9, 10);
    expect(law.variance(3)).toBeCloseTo(9, 10);
    expect(law.slope(3)).toBeCloseTo(6, 10);
    expect(law.power(3)).toBeCloseTo(2, 8);
    // E (a² + b²)² is 8 where (E a² + b²)² is 4.
    expect(law.k(1)).toBeCloseTo(5, 8);
    expect(law.product(0.3, 2)).toBeCloseTo(4 * 0.3 ** 2, 8);
    expect(law.straight(1)).toBeCloseTo(0, 10);
    expect(law.normalizedSlope()).toBeCloseTo(2, 10);
    // Twice as much of it, and its slopes: neither power nor what is left behind a normalisation change.
    const double = lawOf(defineGate("double", defineActivation({ name: "twice", f: (x) => mul(2, x) })));
    expect([double.power(3), double.normalizedSlope()]).toEqual([
      expect.closeTo(2, 8),
      expect.closeTo(2, 10),
    ]);
  });

  it("agrees with draws from it", () => {
    const q = 1.7;
    const x = parameter(mul(randn(new Generator("gate"), [20_000, 2], "f64"), Math.sqrt(q)));
    const output = swiglu(x);
    const [slopes] = gradients(output, [x], {
      cotangent: tensor(new Float64Array(20_000).fill(1), { shape: [20_000, 1] }),
    });
    const squares = Array.from({ length: 20_000 }, (_, k) => {
      const [a, b] = [slopes.values()[2 * k], slopes.values()[2 * k + 1]];
      return a * a + b * b;
    });
    const law = lawOf(swiglu);
    const within = (value: number, other: number): void =>
      expect(Math.abs(value / other - 1)).toBeLessThan(0.08);
    within(meanOf(Array.from(output.values(), (value) => value ** 2)), law.meanSquare(q));
    within(meanOf(squares), law.slope(q));
    within(2 + 3 * (meanOf(squares.map((value) => value ** 2)) / meanOf(squares) ** 2 - 1), law.k(q));
    // The line along a: a E φ.
    within((q * silu.facts.moments(q).meanF ** 2) / law.variance(q), law.straight(q));
  });

  it("is as saturated as what opens it", () => {
    expect(lawOf(defineGate("tanhGate", tanh)).saturated(4)).toBe(lawOf(tanh).saturated(4));
  });
});
