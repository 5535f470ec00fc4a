import { describe, expect, it } from "vitest";
import { type Faded, Fading } from "../../../src/watch/learning/fading.ts";

interface Course {
  /** Behind the first 16 sweeps, at which they are 1. */
  readonly norm?: number;
  readonly loss?: number;
  /** Of each step, at a loss and a gradient of 1 worth as much of the loss. */
  readonly length?: number;
  /** By how much the norms swing. */
  readonly swing?: number;
  readonly sweeps?: number;
  readonly unit?: number;
}

function faded(course: Course = {}): Faded | null {
  const { norm = 0.2, loss = 1, length = 0.15, swing = 0, sweeps = 48, unit = 1 } = course;
  const fading = new Fading();
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const level = (sweep < 16 ? 1 : norm) * (1 + (sweep % 2 === 0 ? swing : -swing));
    fading.next({
      loss: unit * (sweep < 16 ? 1 : loss),
      layerNorms: [0.6 * unit * level, 0.8 * unit * level],
      length: sweep === 0 ? Number.NaN : length,
    });
  }
  return fading.look();
}

describe("a gradient that fades behind long steps, though the loss stays", () => {
  it("is found with what is left of it, and how far the steps reached", () => {
    const found = faded();
    expect(found?.left).toBeCloseTo(0.2, 12);
    expect(found?.loss).toBe(1);
    // Steps behind 16 gradients of 1 and 31 of a fifth.
    expect(found?.reach).toBeCloseTo(0.15 * (16 + 31 * 0.2), 12);
    // 1 over the ways to choose 16 of 48.
    expect(found?.pValue).toBeCloseTo(1 / 2254848913647, 20);
  });

  it.each<[string, Course, Course]>([
    ["a quarter is left", { norm: 0.249 }, { norm: 0.251 }],
    ["the loss comes down by a tenth", { loss: 0.91 }, { loss: 0.89 }],
    ["the steps are too short to have missed anything", { length: 0.0912 }, { length: 0.0898 }],
    ["one of the latest gradients is as large as one of the first", { swing: 0.6 }, { swing: 0.7 }],
    ["48 sweeps are not over", { sweeps: 48 }, { sweeps: 47 }],
  ])("is none where %s", (_, found, none) => {
    expect(faded(found)).not.toBe(null);
    expect(faded(none)).toBe(null);
  });

  it("is none where nothing is known of the steps, or of the loss", () => {
    expect(faded({ length: Number.NaN })).toBe(null);
    expect(faded({ loss: Number.NaN })).toBe(null);
  });

  it("does not depend on the unit of the loss", () => {
    for (const unit of [1e-6, 1e6]) {
      const found = faded({ unit });
      expect(found?.left).toBeCloseTo(0.2, 12);
    }
  });

  it("looks at the latest 32 sweeps", () => {
    expect(faded({ sweeps: 200 })?.left).toBeCloseTo(0.2, 12);
  });
});
