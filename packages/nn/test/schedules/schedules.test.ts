import {
  chainedLR,
  constantLR,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  cyclicLR,
  exponentialLR,
  linearLR,
  multiplicativeLR,
  multiStepLR,
  oneCycleLR,
  oneCycleMomentum,
  polynomialLR,
  type Schedule,
  sequentialLR,
  stepLR,
  warmup,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const curve = (schedule: Schedule, steps: number, base = 1): number[] =>
  Array.from({ length: steps }, (_, step) => schedule(step, base));

describe("multiplicativeLR", () => {
  it("asks for each factor once on the way, and again after a step back", () => {
    const asked: number[] = [];
    const schedule = multiplicativeLR((step) => {
      asked.push(step);
      return 1 + step;
    });
    expect(curve(schedule, 5)).toEqual([1, 2, 6, 24, 120]);
    expect(asked).toEqual([1, 2, 3, 4]);
    expect(schedule(2, 1)).toBe(6);
    expect(asked).toEqual([1, 2, 3, 4, 1, 2]);
  });
});

describe("cosine schedules", () => {
  it("keep their period far from the beginning", () => {
    const schedule = cosineAnnealingLR({ totalIterations: 7 });
    expect(schedule(14e12 + 3, 1)).toBe(schedule(3, 1));
  });

  it("take fractions of steps", () => {
    const schedule = cosineAnnealingWarmRestarts({ firstIterations: 2, multiplier: 2 });
    expectNumbers(
      [schedule(0.5, 1), schedule(1.999999, 1), schedule(4, 1)],
      [(1 + Math.SQRT1_2) / 2, 0, 0.5],
    );
  });

  it("restart exactly where a fall ends", () => {
    const schedule = cosineAnnealingWarmRestarts({ firstIterations: 3, multiplier: 3, minLearningRate: 0.1 });
    for (const restart of [0, 3, 12, 39, 120]) {
      expect(schedule(restart, 1)).toBe(1);
      if (restart > 0) expect(schedule(restart - 1, 1)).toBeLessThan(0.5);
    }
  });
});

describe("oneCycleLR", () => {
  it("reaches its peak and its end exactly, and stays there", () => {
    const schedule = oneCycleLR({ maxLearningRate: 1, totalSteps: 101, risingShare: 41 / 101 });
    expectNumbers([schedule(0, 9), schedule(40, 9), schedule(100, 9)], [1 / 25, 1, 1 / 25 / 1e4]);
    expect(schedule(1000, 9)).toBe(schedule(100, 9));
  });

  it("has numbers at every step, however short a phase is", () => {
    for (const threePhase of [false, true]) {
      for (let totalSteps = 1; totalSteps <= 20; totalSteps++) {
        for (const risingShare of [0, 0.05, 0.1, 0.25, 0.5, 1]) {
          const shape = { totalSteps, risingShare, threePhase };
          const rates = curve(oneCycleLR({ maxLearningRate: 1, ...shape }), totalSteps);
          const momentums = curve(oneCycleMomentum(shape), totalSteps);
          expect(rates.every((rate) => rate > 0 && rate <= 1)).toBe(true);
          expect(momentums.every((momentum) => momentum > 0.8499 && momentum < 0.9501)).toBe(true);
        }
      }
    }
  });
});

describe("cyclicLR", () => {
  it("falls at once where stepSizeDown is 0", () => {
    const schedule = cyclicLR({ baseLearningRate: 1, maxLearningRate: 3, stepSizeUp: 2, stepSizeDown: 0 });
    expect(curve(schedule, 5)).toEqual([1, 2, 1, 2, 1]);
  });
});

describe("composition", () => {
  const factors: readonly Schedule[] = [
    exponentialLR({ gamma: 0.9 }),
    stepLR({ stepSize: 3 }),
    linearLR(),
    polynomialLR({ totalIterations: 20 }),
    multiStepLR({ milestones: [4, 6] }),
  ];
  const arbitrary = fc.shuffledSubarray([...factors]);

  it("does not depend on the order of factors, nor on how they are put together", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(30), (chosen, step) => {
        const rate = chainedLR(...chosen)(step, 0.3);
        expectNumbers([chainedLR(...chosen.toReversed())(step, 0.3)], [rate]);
        const nested = chainedLR(chainedLR(...chosen.slice(0, 2)), chainedLR(...chosen.slice(2)));
        expectNumbers([nested(step, 0.3)], [rate]);
      }),
    );
  });

  it("begins each schedule of a sequence at its own step 0", () => {
    fc.assert(
      fc.property(
        arbitrary,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 5, maxLength: 5 }),
        (chosen, cuts) => {
          fc.pre(chosen.length > 0);
          const milestones = cuts.slice(0, chosen.length - 1).toSorted((a, b) => a - b);
          const begins = [0, ...milestones];
          const schedule = sequentialLR(chosen, milestones);
          const expected = chosen.flatMap((part, k) => curve(part, (begins[k + 1] ?? 40) - begins[k]));
          expect(curve(schedule, 40)).toEqual(expected);
        },
      ),
    );
  });

  it("warms up by equal parts to what follows", () => {
    expectNumbers(curve(warmup({ steps: 4 }), 6), [0.2, 0.4, 0.6, 0.8, 1, 1]);
    const cosine = cosineAnnealingLR({ totalIterations: 10 });
    expectNumbers(curve(warmup({ steps: 2, startFactor: 0 }, cosine), 5, 3), [
      0,
      1.5,
      ...curve(cosine, 3, 3),
    ]);
    const cycle = oneCycleLR({ maxLearningRate: 1, totalSteps: 10 });
    expectNumbers(curve(warmup({ steps: 1 }, cycle), 3), [0.02, cycle(0, 1), cycle(1, 1)]);
  });
});

describe("errors", () => {
  it.each([
    () => stepLR({ stepSize: 0 }),
    () => stepLR({ stepSize: 2, gamma: Number.NaN }),
    () => multiStepLR({ milestones: [1.5] }),
    () => constantLR({ totalIterations: 0 }),
    () => linearLR({ startFactor: -1 }),
    () => polynomialLR({ power: -1 }),
    () => exponentialLR({ gamma: -1 }),
    () => cosineAnnealingLR({ totalIterations: 0 }),
    () => cosineAnnealingWarmRestarts({ firstIterations: 2, multiplier: 0.5 }),
    () => cyclicLR({ baseLearningRate: 1, maxLearningRate: 2, stepSizeUp: 0 }),
    () => cyclicLR({ baseLearningRate: 1, maxLearningRate: 2, mode: "round" as never }),
    () => oneCycleLR({ maxLearningRate: 1, totalSteps: 0 }),
    () => oneCycleLR({ maxLearningRate: 1, totalSteps: 3, divFactor: 0 }),
    () => oneCycleLR({ maxLearningRate: 1, totalSteps: 3, annealStrategy: "toString" as never }),
    () => warmup({ steps: 0 }),
  ])("refuses settings that make no sense: %s", (make) => {
    expect(make).toThrow(/^\w+: expected/);
  });

  it("say what came", () => {
    expect(() => sequentialLR([linearLR(), linearLR()], [])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sequentialLR: expected 1 milestones for 2 schedules, got []]`,
    );
    expect(() =>
      sequentialLR([linearLR(), linearLR(), linearLR()], [5, 4]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sequentialLR: expected milestones to be whole numbers from 1 on, in order, got [5, 4]]`,
    );
    expect(() => multiStepLR({ milestones: [-1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: multiStepLR: expected milestones to be whole and not negative, got [-1]]`,
    );
  });
});
