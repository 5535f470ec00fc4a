import { Generator, studentTTail } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { deviationOf, meanOf } from "../../../src/statistics.ts";
import { type Move, Stall, type Stalled } from "../../../src/watch/steps/stall.ts";

interface Course {
  readonly along: (sweep: number) => number;
  readonly agreed?: (sweep: number) => number;
  readonly moved?: (sweep: number) => number;
  readonly loss?: (sweep: number) => number;
  readonly byGrowth?: number;
  readonly reach?: number;
  /** Sweeps to an update. */
  readonly accumulate?: number;
  readonly sweeps?: number;
  readonly alpha?: number;
}

/** The first finding on a course, and the sweep that it was made at. */
function stalls(course: Course): ({ readonly at: number } & Stalled) | null {
  const { along, moved = () => 3e-4, loss = () => 1, byGrowth = 0, reach = 1, accumulate = 1 } = course;
  const { agreed = () => 1 } = course;
  const stall = new Stall(course.alpha ?? 0.001);
  for (let sweep = 16; sweep < (course.sweeps ?? 200); sweep++) {
    const move: Move = {
      sweep,
      moved: moved(sweep),
      along: along(sweep),
      agreed: agreed(sweep),
      loss: loss(sweep),
      byGrowth,
      reach,
    };
    const found = stall.next(move, Math.floor(sweep / accumulate));
    if (found !== null) return { ...found, at: sweep };
  }
  return null;
}

const noise = (deviation: number, seed = 1) => {
  const generator = new Generator(seed);
  return () => deviation * generator.normal();
};

/** What each of the gradients of one number, noise around a mean, has in common with all before it. */
const agreeing = (mean: number, seed = 1) => {
  const draw = noise(1, seed);
  let all = 0;
  return () => {
    const gradient = mean + draw();
    const common = all * gradient;
    all += gradient;
    return common;
  };
};

/** A gradient of which `share` is left in the later half. */
const leaving = (share: number, deviation = 0.2) => {
  const draw = noise(deviation);
  return (sweep: number) => (sweep < 64 ? 1 : share) + draw();
};

describe("training that stays where it began", () => {
  it("is found at the first look, with what is left of its gradient", () => {
    const found = stalls({ along: leaving(1) });
    expect(found?.at).toBe(128);
    expect(found?.left).toBeCloseTo(1, 1);
    expect(found?.path).toBeCloseTo(128 * 3e-4, 10);
    expect(found?.pValue).toBeLessThan(1e-9);
    expect(found?.loss).toBe(1);
  });

  it("counts updates, not sweeps", () => {
    expect(stalls({ along: leaving(1), accumulate: 4, sweeps: 600 })?.at).toBe(512);
  });

  it("is none where the gradient is used up", () => {
    expect(stalls({ along: leaving(0.85, 0.1) })).not.toBe(null);
    expect(stalls({ along: leaving(0.7, 0.1) })).toBe(null);
    expect(stalls({ along: leaving(0), sweeps: 2000 })).toBe(null);
  });

  it("is none where the gradient grows: a plateau that training leaves", () => {
    expect(stalls({ along: leaving(1.6, 0.1) })).not.toBe(null);
    expect(stalls({ along: leaving(1.95, 0.1) })).toBe(null);
  });

  it("needs certainty, less of it where the steps are short", () => {
    const falling = (to: number) => (sweep: number) => (sweep < 64 ? 1 : to);
    // 64 projections behind the middle: 0.4 of the mean lies 2.4 standard errors away, the whole of it 6.
    const noisy = { along: () => leaving(1, 1.3), loss: falling(0.9) };
    const find = (course: Partial<Course>) => stalls({ ...noisy, along: noisy.along(), ...course });
    expect(find({})).toBe(null);
    expect(find({ moved: () => 1.1e-4 })).toBe(null);
    expect(find({ moved: () => 9e-5 })?.pValue).toBeLessThan(5e-5);
    expect(find({ moved: () => 9e-5, alpha: 1e-6 })).toBe(null);
    // And less of all else.
    const short = { moved: () => 9e-5, along: leaving(0.55, 0.05) };
    expect(find({ ...short, loss: falling(0.62) })).not.toBe(null);
    expect(find({ ...short, loss: falling(0.58) })).toBe(null);
    expect(find({ ...short, along: leaving(0.45, 0.05) })).toBe(null);
    expect(find({ ...short, along: noise(1) })).toBe(null);
  });

  it("is seen by agreement alone where a step moves the weights by less than a ten thousandth of their norm, and the loss stays", () => {
    const tiny = { along: noise(1), agreed: agreeing(0.6), moved: () => 9e-5 };
    const found = stalls(tiny);
    expect([found?.at, found?.isShort]).toEqual([128, true]);
    expect(found?.pValue).toBeLessThan(5e-5);
    expect(stalls({ ...tiny, moved: () => 1.1e-4, sweeps: 2000 })).toBe(null);
    expect(stalls({ ...tiny, loss: (sweep) => (sweep < 64 ? 1 : 0.94) })).toBe(null);
    expect(stalls({ ...tiny, loss: (sweep) => (sweep < 64 ? 1 : 0.96) })).not.toBe(null);
    expect(stalls({ ...tiny, alpha: 1e-6 * (found?.pValue ?? 0), sweeps: 140 })?.pValue).toBe(null);
  });

  it("is not certain at a floor, where gradients are noise, however short the steps", () => {
    const at = (agreed: () => number) => stalls({ along: () => 1, agreed, moved: () => 9e-5 });
    const floors = Array.from({ length: 40 }, (_, seed) => at(agreeing(0, seed)));
    expect(new Set(floors.map((found) => found?.pValue))).toEqual(new Set([null]));
    expect([at(() => 0)?.pValue, at(() => -1)?.pValue]).toEqual([null, null]);
    expect(at(() => 1)?.pValue).toBe(0);
    expect(at(() => 0.1)?.pValue).toBeLessThan(1e-100);
  });

  it("measures agreement by t of what each gradient has in common with all before it", () => {
    // 113 of them: Σ x / √Σ x² = 65 / √113, and t = 65 √(112 / 113) / √(113 - 65²/113).
    const found = stalls({
      along: () => 1,
      agreed: (sweep) => (sweep % 13 < 3 ? -1 : 1),
      moved: () => 9e-5,
    });
    const t = (65 * Math.sqrt(112 / 113)) / Math.sqrt(113 - 65 ** 2 / 113);
    expect(found?.pValue).toBeCloseTo(studentTTail(t, 112), 15);
  });

  it("measures what is left by Welch's t, with the freedom of the fewer", () => {
    const along = (sweep: number): number => 1 + 0.3 * Math.sin(sweep);
    const valuesOf = (from: number, to: number): number[] =>
      Array.from({ length: to - from + 1 }, (_, k) => along(from + k));
    // Of the last of 128 sweeps, the first of which was 16.
    const [early, late] = [valuesOf(16, 38), valuesOf(65, 128)];
    const error = Math.hypot(deviationOf(late) / Math.sqrt(64), (0.6 * deviationOf(early)) / Math.sqrt(23));
    const t = (meanOf(late) - 0.6 * meanOf(early)) / error;
    expect((stalls({ along })?.pValue ?? 0) / studentTTail(t, 22)).toBeCloseTo(1, 9);
  });

  it("is none of steps that are a thousandth of the weights", () => {
    expect(stalls({ along: leaving(1), moved: () => 9e-4 })).not.toBe(null);
    expect(stalls({ along: leaving(1), moved: () => 1.1e-3, sweeps: 2000 })).toBe(null);
  });

  it("is none where gradients do not agree", () => {
    expect(stalls({ along: noise(1), moved: () => 2e-4, sweeps: 2000 })).toBe(null);
  });
});

describe("is silent", () => {
  it.each<[string, Partial<Course>]>([
    ["while the loss falls", { loss: (sweep) => (sweep < 64 ? 1 : 0.78) }],
    ["during warm-up", { moved: (sweep) => sweep * 1e-5, sweeps: 2000 }],
    ["where growing weights would do away with the loss", { byGrowth: 1.1 }],
    ["where the loss is at its floor", { reach: 0.029 }],
    ["where the loss is not positive", { loss: () => -1 }],
    ["where the loss is not known", { loss: () => Number.NaN }],
    ["before 128 updates", { accumulate: 3 }],
    ["where nothing is updated", { accumulate: Number.POSITIVE_INFINITY }],
  ])("%s", (_, course) => {
    expect(stalls({ along: leaving(1), ...course })).toBe(null);
  });

  it.each<[string, Partial<Course>]>([
    ["the loss falls by less", { loss: (sweep) => (sweep < 64 ? 1 : 0.82) }],
    ["warm-up is over", { moved: (sweep) => Math.min(sweep, 96) * 1e-5 }],
    ["growing weights would take a part off the loss", { byGrowth: 0.9 }],
    ["the loss depends on the parameters", { reach: 0.031 }],
  ])("but not once %s", (_, course) => {
    expect(stalls({ along: leaving(1), ...course })).not.toBe(null);
  });
});

it("does not depend on the unit of the loss", () => {
  const scaled = [1e-6, 1e6].map((unit) => {
    const along = leaving(1);
    return stalls({
      along: (sweep) => unit ** 2 * along(sweep),
      loss: () => unit,
      byGrowth: 0.5 * unit,
      reach: unit,
    });
  });
  for (const found of scaled)
    expect(found?.pValue).toBeCloseTo(stalls({ along: leaving(1) })?.pValue as number, 12);
});

it("looks from 128 to 1024 updates, at seven times", () => {
  const stall = new Stall();
  const over: number[] = [];
  for (let sweep = 16; sweep < 1100; sweep++) {
    stall.next({ sweep, moved: 0.1, along: 0, agreed: 0, loss: 1, byGrowth: 0, reach: 1 }, sweep);
    if (stall.isOver) over.push(sweep);
  }
  expect(over[0]).toBe(1024);
});

it("compares the later half with the first three tenths, wherever it was looked", () => {
  // Of the last of 128 sweeps: those up to 38, and those behind 64.
  const step = (from: number, to: number) =>
    stalls({ along: (sweep) => (sweep > from && sweep <= to ? 0 : 1) });
  expect(step(38, 64)?.left).toBe(1);
  expect(step(37, 64)?.left).toBeGreaterThan(1);
  expect(step(38, 65)?.left).toBeLessThan(1);
});

it("needs eight sweeps of either kind, and such as agree to the last bit are enough", () => {
  const at = (sweep: number): Move => ({
    sweep,
    moved: 1e-5,
    along: 1,
    agreed: 1,
    loss: 1,
    byGrowth: 0,
    reach: 1,
  });
  const counts = (early: number, late: number): boolean => {
    const stall = new Stall();
    for (let k = 0; k < early; k++) stall.next(at(20 + k), 0);
    for (let k = 1; k < late; k++) stall.next(at(120 + 10 * k), 0);
    return stall.next(at(200), 128) !== null;
  };
  expect([counts(8, 8), counts(7, 8), counts(8, 7)]).toEqual([true, false, false]);
  expect(stalls({ along: () => 1 })?.pValue).toBe(0);
  expect(stalls({ along: () => 0 })).toBe(null);
});
