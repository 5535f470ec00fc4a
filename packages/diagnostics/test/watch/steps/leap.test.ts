import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { Leap, type Leapt } from "../../../src/watch/steps/leap.ts";

interface Course {
  readonly moved: (sweep: number) => number;
  readonly loss: (sweep: number) => number;
  readonly gain?: number;
  readonly sweeps?: number;
}

/** The first finding on a course, and the sweep that it was made at. */
function leaps({ moved, loss, gain = 1.4, sweeps = 200 }: Course): ({ readonly at: number } & Leapt) | null {
  const leap = new Leap();
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const share = sweep === 0 ? Number.NaN : moved(sweep);
    const found = leap.next({ sweep, moved: share, loss: loss(sweep), gain });
    if (found !== null) return { ...found, at: sweep };
  }
  return null;
}

/** One long step, behind the first sweep. */
const once = (length: number) => (sweep: number) => (sweep === 1 ? length : 1e-3);

describe("weights that a step throws away", () => {
  it("are found at once", () => {
    expect(leaps({ moved: once(1.6), loss: () => 1, gain: 2.1 })).toMatchObject({
      at: 1,
      kind: "thrown",
      moved: 1.6,
      sweep: 0,
      gain: 2.1,
    });
  });

  it("are none where they only grow to the size that they need, or move by less", () => {
    expect(leaps({ moved: once(1.6), loss: () => 1, gain: 1.9 })).toBe(null);
    expect(leaps({ moved: once(1.4), loss: () => 1, gain: 2.1 })).toBe(null);
    expect(leaps({ moved: once(Number.POSITIVE_INFINITY), loss: () => 1, gain: 2.1 })).toBe(null);
  });
});

describe("weights that outgrow what they began with", () => {
  /** A step at sweep 10, behind which the gain grows to so much, from 1, within so many sweeps; the loss goes from 10 to `later` of that. */
  function outgrown(
    length: number,
    gain: number,
    { within = 20, began = 1, later = 1 } = {},
  ): (Leapt & { at: number })[] {
    const leap = new Leap();
    return Array.from({ length: 120 }, (_, sweep) => {
      const moved = sweep === 0 ? Number.NaN : sweep === 10 ? length : 0.1;
      const found = leap.next({
        sweep,
        moved,
        loss: 10 * (sweep < 10 + within - 7 ? 1 : later),
        gain: sweep < 10 + within ? began : gain,
      });
      return found === null ? [] : [{ ...found, at: sweep }];
    }).flat();
  }

  it("are found behind a notable step, once, with it as the cause", () => {
    expect(outgrown(0.13, 3.1)).toMatchObject([{ at: 30, kind: "thrown", moved: 0.13, sweep: 9, gain: 3.1 }]);
  });

  it("are none where no step was notable, or where they are not too large, or not much larger than before", () => {
    expect(outgrown(0.12, 3.1)).toEqual([]);
    expect(outgrown(0.6, 2.9)).toEqual([]);
    expect(outgrown(0.6, 2.9, { began: 0.5 })).toEqual([]);
    expect(outgrown(0.6, 3.1, { began: 0.5 })).toHaveLength(1);
    expect(outgrown(0.6, 4.4, { began: 1.5 })).toEqual([]);
    expect(outgrown(0.6, 4.6, { began: 1.5 })).toHaveLength(1);
    expect(outgrown(0.6, Number.POSITIVE_INFINITY)).toEqual([]);
  });

  it("are none where the loss of the last eight sweeps shows what they grew for", () => {
    expect(outgrown(0.6, 3.1, { later: 0.81 })).toHaveLength(1);
    expect(outgrown(0.6, 3.1, { later: 0.79 })).toEqual([]);
    expect(outgrown(0.6, 3.1, { later: Number.NaN })).toEqual([]);
  });

  it("are none long behind it", () => {
    expect(outgrown(0.6, 3.1, { within: 63 })).toHaveLength(1);
    expect(outgrown(0.6, 3.1, { within: 64 })).toEqual([]);
  });
});

describe("a loss above what it was before the leap", () => {
  const jumps = (length: number, factor: number, spread = 0): Course => {
    const generator = new Generator(2);
    return {
      moved: once(length),
      loss: (sweep) => (sweep === 0 ? 1 : factor) * Math.exp(spread * generator.normal()),
    };
  };

  it("is found at the first look", () => {
    expect(leaps(jumps(0.6, 2, 0.1))).toMatchObject({ at: 64, kind: "lost", moved: 0.6, sweep: 0 });
    expect(leaps(jumps(0.6, 2, 0.1))?.lately).toBeCloseTo(2, 0);
    expect(leaps(jumps(0.6, 2))?.before).toBe(1);
  });

  it("is none where the loss is no higher, or not clearly", () => {
    expect(leaps(jumps(0.6, 0.9, 0.1))).toBe(null);
    expect(leaps(jumps(0.6, 2, 0.6))).toBe(null);
    expect(leaps(jumps(0.6, 8, 0.6))).not.toBe(null);
  });

  it("is none where no step was long", () => {
    expect(leaps(jumps(0.45, 4))).toBe(null);
    expect(leaps({ moved: () => 0.019, loss: (sweep) => (sweep < 16 ? 1 : 4) })).toBe(null);
  });

  it("is found where every other step is long", () => {
    const course = {
      moved: (sweep: number) => (sweep < 5 ? 0.01 : 0.021),
      loss: (sweep: number) => (sweep < 16 ? 1 : 4),
    };
    expect(leaps(course)).toMatchObject({ at: 64, kind: "lost", moved: 0.021, sweep: null });
  });

  it("takes the losses before the first notable step for the start, and at most 16", () => {
    const late = (length: number): Course => ({
      moved: (sweep) => (sweep === 8 ? length : sweep === 100 ? 0.6 : 1e-3),
      loss: (sweep) => (sweep < 8 ? 1 : 3),
    });
    expect(leaps(late(0.13))).toMatchObject({ at: 128, before: 1, sweep: 99 });
    // A step of less does not end the start: its losses are those of the first 16 sweeps.
    expect(leaps(late(0.12))?.before).toBeCloseTo(3 ** (8 / 16), 12);
  });

  it("is none where the loss has no log", () => {
    expect(leaps({ ...jumps(0.6, 2), loss: () => -1 })).toBe(null);
    expect(leaps({ ...jumps(0.6, 2), loss: () => 0 })).toBe(null);
  });

  it("does not depend on the unit of the loss", () => {
    const scaled = [1e-6, 1, 1e6].map((unit) => {
      const { moved, loss } = jumps(0.6, 2, 0.1);
      return leaps({ moved, loss: (sweep) => unit * loss(sweep) })?.at;
    });
    expect(scaled).toEqual([64, 64, 64]);
  });
});

it("asks for two deviations of the losses lately, for one loss before and for many", () => {
  // Losses lately: e to ±0.5 around some level, a deviation of 0.508; times √(1 + 1/1) and √(1 + 1/16), twice: 1.437 and 1.047.
  const levels = (before: number, level: number) =>
    leaps({
      moved: (sweep) => (sweep === before ? 0.6 : 1e-3),
      loss: (sweep) => (sweep < before ? 1 : Math.exp(level + (sweep % 2 === 0 ? 0.5 : -0.5))),
      sweeps: 65,
    });
  expect([levels(1, 1.46), levels(1, 1.41)].map((found) => found !== null)).toEqual([true, false]);
  expect([levels(16, 1.06), levels(16, 1.03)].map((found) => found !== null)).toEqual([true, false]);
});

it("takes the median of the latest steps for what they are", () => {
  const course = (share: number): Course => ({
    moved: (sweep) => (sweep % 32 < 32 * share ? 0.03 : 1e-3),
    loss: (sweep) => (sweep < 16 ? 1 : 4),
  });
  expect(leaps(course(0.6))?.moved).toBe(0.03);
  expect(leaps(course(0.4))).toBe(null);
  // In whatever order they came: those in the middle are short.
  const moved = (sweep: number): number => (sweep % 5 < 3 ? 0.03 : 1e-3);
  expect(leaps({ ...course(1), moved, sweeps: 65 })?.moved).toBe(0.03);
});

it("knows the longest step, and which it was", () => {
  const leap = new Leap();
  expect(leap.longest).toEqual({ moved: 0, sweep: -1 });
  [Number.NaN, 0.1, 0.3, Number.NaN, 0.2].forEach((moved, sweep) => {
    leap.next({ sweep, moved, loss: 1, gain: 1 });
  });
  expect(leap.longest).toEqual({ moved: 0.3, sweep: 1 });
});
