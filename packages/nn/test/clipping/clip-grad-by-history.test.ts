import { NonFiniteError, type Tensor } from "@isograd/autograd";
import { clipGradPercentile, clipGradZScore, normHistory, normMoments } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { withGradient } from "../optimizers/with-gradient.ts";
import { expectNumbers } from "../reference/cases.ts";

/** Two parameters whose gradients have the joint norm `norm`. */
const ofNorm = (norm: number): [Tensor, Tensor] => [
  withGradient([0, 0], [0.6 * norm, 0]),
  withGradient([0], [-0.8 * norm]),
];
const norms = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

describe("clipGradPercentile", () => {
  // By numpy.percentile over the norms so far.
  const answers = {
    0: [3, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    30: [3, 1.6, 2.2, 1, 1.4, 2, 1.8, 2.1, 2.4, 2.7],
    50: [3, 2, 3, 2, 3, 3.5, 3, 3.5, 4, 3.5],
    100: [3, 3, 4, 4, 5, 9, 9, 9, 9, 9],
  } as const;

  it.each([0, 30, 50, 100] as const)("limits to percentile %i of all norms so far", (percentile) => {
    const history = normHistory();
    norms.forEach((norm, step) => {
      const parameters = ofNorm(norm);
      const done = clipGradPercentile(parameters, history, { percentile });
      const limit = answers[percentile][step];
      expectNumbers([done.norm, done.limit, done.factor], [norm, limit, Math.min(1, limit / norm)], 1e-14);
      const [a, b] = parameters.map(({ grad }) => grad?.values() ?? []);
      expectNumbers([a[0], b[0]], [0.6 * Math.min(norm, limit), -0.8 * Math.min(norm, limit)], 1e-14);
    });
    expectNumbers(history.norms, norms, 1e-14);
  });

  it("forgets what lies before the window", () => {
    const history = normHistory();
    const found = norms.map(
      (norm) => clipGradPercentile(ofNorm(norm), history, { percentile: 30, window: 4 }).limit,
    );
    expectNumbers(found, [3, 1.6, 2.2, 1, 1, 3.7, 1.9, 4.7, 4.7, 2.9], 1e-14);
    expect(history.norms.length).toBe(4);
    expect(history.sorted).toEqual([...history.norms].sort((a, b) => a - b));
  });
});

describe("clipGradZScore", () => {
  it("takes spikes to the numbers of the authors' program", () => {
    const moments = normMoments();
    const options = { threshold: 1.5, decay: 0.8, warmUp: 4 };
    const limits = [3, 1, 4, 1, 5, 9, 2, 6, 50, 3, 7].map((norm) => {
      const parameters = ofNorm(norm);
      const { limit, factor } = clipGradZScore(parameters, moments, options);
      expectNumbers(parameters[1].grad?.values() ?? [], [-0.8 * norm * factor], 1e-14);
      expect(factor).toBeCloseTo(Math.min(1, limit / norm), 14);
      return limit;
    });
    const none = Number.POSITIVE_INFINITY;
    expectNumbers(
      limits,
      [
        none,
        none,
        none,
        none,
        3.630682881031177,
        3.080135440363136,
        none,
        3.220895603398984,
        2.6968479570595703,
        none,
        3.05598592262752,
      ],
      1e-13,
    );
    expectNumbers([moments.mean, moments.variance], [2.7941247356698304, 0.5108239852763775], 1e-13);
  });

  it("waits until it has seen enough", () => {
    const moments = normMoments();
    for (let step = 0; step < 25; step++) expect(clipGradZScore(ofNorm(1e6 ** step), moments).factor).toBe(1);
    expect(moments.count).toBe(25);
  });
});

describe("both", () => {
  it("stop at gradients that are not finite: gradients and past stay", () => {
    const [history, moments] = [normHistory(), normMoments()];
    const calls = [
      (parameters: Tensor[], lenient: boolean) =>
        clipGradPercentile(parameters, history, { errorIfNonFinite: !lenient }),
      (parameters: Tensor[], lenient: boolean) =>
        clipGradZScore(parameters, moments, { errorIfNonFinite: !lenient }),
    ];
    for (const call of calls) {
      call(ofNorm(2), false);
      const before = JSON.stringify([history, moments]);
      const parameters = [...ofNorm(3), withGradient([0], [Number.NaN])];
      expect(() => call(parameters, false)).toThrow(NonFiniteError);
      expect(call(parameters, true)).toEqual({
        norm: Number.NaN,
        limit: Number.POSITIVE_INFINITY,
        factor: 1,
      });
      expect(parameters[1].grad?.values()[0]).toBeCloseTo(-2.4, 14);
      expect(JSON.stringify([history, moments])).toBe(before);
    }
  });

  it("refuse settings that make no sense", () => {
    expect(() =>
      clipGradPercentile([], normHistory(), { percentile: 101 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradPercentile: expected a percentile from 0 to 100, got 101]`,
    );
    expect(() => clipGradPercentile([], normHistory(), { window: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradPercentile: expected a window of at least one step, got 0]`,
    );
    expect(() => clipGradPercentile([], normHistory(), { normType: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradPercentile: expected a positive norm type, or Infinity, got 0]`,
    );
    expect(() => clipGradZScore([], normMoments(), { threshold: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradZScore: expected a positive threshold, got 0]`,
    );
    expect(() => clipGradZScore([], normMoments(), { decay: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradZScore: expected a decay in [0, 1), got 1]`,
    );
    expect(() => clipGradZScore([], normMoments(), { warmUp: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradZScore: expected a warm-up of at least two steps, got 1]`,
    );
  });
});
