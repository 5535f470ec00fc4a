import { normalTail } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import type { FlowProfile } from "../../../src/flow/profile.ts";
import type { Examined } from "../../../src/lint/layers.ts";
import { lintDepth, tracedFactor } from "../../../src/lint/rules/depth.ts";

interface Stack extends Partial<Examined> {
  /** What the layers make of |gradient| together. */
  readonly factor?: number;
  readonly count?: number;
}

/** A first layer, and so many of a kind above it: their slope is a half and asks for weights of 2, and the weights make up the rest. */
function stackOf({ factor = 2000, count = 10, ...more }: Stack = {}): Examined[] {
  const chi = factor ** (2 / count);
  const plain = { fanOut: 1e6, use: null, q: 1, before: "relu", between: [], operations: 0, slopeShare: 0.5 };
  return Array.from({ length: count + 1 }, (_, k) => ({
    ...plain,
    place: `layer ${k}`,
    weightVariance: 2 * chi,
    criticalWeightVariance: 2,
    chi: k === 0 ? Number.NaN : chi,
    ...(k === 0 ? {} : more),
  })) as unknown as Examined[];
}

const found = (layers: Examined[], traced: number | null = null, { alpha = 0.5, linear = false } = {}) =>
  lintDepth(layers, traced, { alpha, linear });

const severity = (factor: number, traced: number | null = null): string | undefined =>
  found(stackOf({ factor }), traced)[0]?.severity;

describe("a product that is far from 1", () => {
  it("is worth knowing from 100 on, and grave from 10³ on, up and down", () => {
    const expected = [undefined, "info", "info", "alarm"];
    expect([99, 101, 999, 1001].map((factor) => severity(factor))).toEqual(expected);
    expect([99, 101, 999, 1001].map((factor) => severity(1 / factor))).toEqual(expected);
  });

  it("has to be shown by the pass, unless that shows nothing", () => {
    const expected = [undefined, "info", "info", "alarm"];
    expect([99, 101, 999, 1001].map((traced) => severity(2000, traced))).toEqual(expected);
    expect([99, 101, 999, 1001].map((traced) => severity(1 / 2000, 1 / traced))).toEqual(expected);
    expect([severity(2000, 1e-5), severity(1 / 2000, 1e5), severity(2000, Number.NaN)]).toEqual([
      undefined,
      undefined,
      "alarm",
    ]);
  });

  it("has to be beyond the law of such draws, N(-b/2, b) with b = Σ 2/width of linear layers", () => {
    const layers = stackOf({ factor: 2000 }).map((layer) => ({ ...layer, fanOut: 10 }));
    const [{ pValue, band, measured }] = found(layers);
    const expected = 2 * normalTail((2 * Math.log(2000) + 1) / Math.sqrt(2));
    expect((pValue as number) / expected).toBeCloseTo(1, 6);
    expect(measured.value / 2000).toBeCloseTo(1, 9);
    const [low, high] = band as readonly [number, number];
    expect(Math.log(low) + Math.log(high)).toBeCloseTo(-1, 9);
    expect([1.01, 0.99].map((by) => found(layers, null, { alpha: by * expected }).length)).toEqual([1, 0]);
  });

  it("is that of plain layers of which the slope is known, with the operations between", () => {
    expect(found(stackOf({ chi: Number.NaN }))).toEqual([]);
    expect(found(stackOf({ residual: true }))).toEqual([]);
    expect(found(stackOf({ factor: 1, operations: 1.39 }))[0]?.severity).toBe("alarm");
    expect(found(stackOf({ factor: 1, operations: 1.37 }))[0]?.severity).toBe("info");
  });

  it("is told from the last layer to the first", () => {
    expect(found(stackOf({}), 1500)[0].measured.statistic).toBe(
      "predicted gradient norm at layer 0 over that at layer 10",
    );
    expect(found(stackOf({}), 1500)[0].consequence).toContain(
      "and random inputs show 1500: no learning rate",
    );
    expect(found(stackOf({ factor: 1e-4 }))[0].consequence).toContain("the first layers stay as they were");
  });
});

describe("the causes of it", () => {
  const shares = (stack: Stack, linear = false) =>
    found(stackOf(stack), null, { linear })[0].causes.map(({ part, logShare }) => [part, logShare]);
  const near = (value: number) => expect.closeTo(value, 9);

  it("are weights that are not those that the activation asks for", () => {
    for (const factor of [1e4, 1e-4])
      expect(shares({ factor })).toEqual([["weights", near(Math.log(factor) / 5)]]);
    const [{ causes, detector }] = found(stackOf({ factor: 2 ** 10, weightVariance: 8 }));
    expect(detector).toBe("lint.gain");
    expect(causes[0].explanation).toContain("a variance of 8/fanIn where relu in front asks for 2/fanIn");
    expect(causes[0].explanation).toContain("multiply them by 0.5,");
  });

  it("are activations that no weights suit, or whose slope is too small with those that they ask for", () => {
    expect(shares({ factor: 1e-4, criticalWeightVariance: null })).toEqual([
      ["activation", near(Math.log(1e-4) / 5)],
    ]);
    const [{ detector, causes }] = found(stackOf({ factor: 1e-4, criticalWeightVariance: null }));
    expect(detector).toBe("lint.activation");
    expect(causes[0].explanation).toContain("relu multiplies |gradient|² by 0.5 at pre-activations of mean");
    expect(causes[0].explanation).toContain("no critical point");
    const one = { factor: 1e-4, count: 1 };
    const [alone] = found(stackOf({ ...one, criticalWeightVariance: null }))[0].causes;
    expect(alone.explanation).toContain("no critical point");
    expect(found(stackOf(one))[0].causes[0].explanation).toContain("multiply them by 10000,");
    const layers = stackOf({ factor: 1e-4, criticalWeightVariance: null });
    const steeper = layers.map((layer, k) =>
      k === 4 ? { ...layer, before: "tanh", slopeShare: 0.3 } : layer,
    );
    expect(found(steeper)[0].causes[0].explanation).toContain(
      "the slope of tanh multiplies |gradient|² by 0.3",
    );
    const mild = { factor: 1e-4, weightVariance: 2, slopeShare: 0.1 };
    expect(shares(mild)).toEqual([["activation", near(Math.log(0.2))]]);
    expect(found(stackOf(mild))[0].causes[0].explanation).not.toContain("no critical point");
  });

  it("are named where they are a hundredth of the largest, and a thousandth a layer", () => {
    const parts = (stack: Stack) => shares(stack).map(([part]) => part);
    const one = { factor: Math.exp(5), weightVariance: 2 * Math.E };
    expect(parts({ ...one, operations: 0.0101 })).toEqual(["weights", "operation"]);
    expect(parts({ ...one, operations: 0.0099 })).toEqual(["weights"]);
    const many = { factor: Math.exp(10), count: 1000 };
    expect(parts({ ...many, operations: 1.1e-3 })).toEqual(["weights", "operation"]);
    expect(parts({ ...many, operations: 0.9e-3 })).toEqual(["weights"]);
    expect(parts({ factor: Math.exp(-5), operations: -2 })).toEqual(["operation", "weights"]);
  });

  it("are, above all, activations that are missing where signals explode", () => {
    expect(shares({ factor: 1e4 }, true)).toHaveLength(2);
    expect(shares({ factor: 1e-4 }, true)).toHaveLength(1);
  });

  it("are told by the operation that does most in this direction", () => {
    const part = (name: string, log: number, place = "") => ({
      kind: "operation" as const,
      name,
      log,
      place,
    });
    const words = (operations: number, between: Examined["between"]) =>
      found(stackOf({ factor: 1, operations, between }))[0].causes[0].explanation;
    const two = [part("mul", Math.log(4), "head"), part("div", Math.log(0.25))];
    expect(words(2, two)).toMatch(/^mul in head multiplies \|gradient\|² by 4, and other operations/);
    expect(words(-2, two)).toMatch(/^div below layer 1 multiplies \|gradient\|² by 0.25, and other/);
  });
});

it("the factor that a pass showed is that of the weights that get the most, and unknown without a law", () => {
  const of = (totalFactor: number, more = {}, layer = {}): number => {
    const layers = [{ gradientNorm: 2, largestGradientNorm: 6, ...layer }, {}];
    return tracedFactor({ healthy: {}, layers, totalFactor, ...more } as unknown as FlowProfile);
  };
  expect([of(0.5), of(1.5), of(0.5, {}, { gradientNorm: 0 })]).toEqual([1.5, 1.5, 0.5]);
  expect([of(1, {}, { gradientNorm: 0.5 }), of(0.5, {}, { gradientNorm: 1 })]).toEqual([1, 3]);
  expect([of(0.5, { healthy: null }), of(0.5, { layers: [{}] })]).toEqual([Number.NaN, Number.NaN]);
});
