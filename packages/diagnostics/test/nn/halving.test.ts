import { describe, expect, it } from "vitest";
import { halve, rungsOf } from "../../src/nn/halving.ts";

it("rungs double, and end with all steps", () => {
  expect(rungsOf(100)).toEqual([8, 16, 32, 64, 100]);
  expect(rungsOf(64)).toEqual([8, 16, 32, 64]);
  expect(rungsOf(8)).toEqual([8]);
  expect(rungsOf(3)).toEqual([3]);
});

describe("successive halving", () => {
  /** Candidates are losses; returns how far each was brought. */
  function race(losses: readonly number[], begun: number, decided: number, rungs = rungsOf(256)) {
    const steps = losses.map(() => 0);
    const least = Math.min(...losses.filter((loss) => !Number.isNaN(loss)));
    let at = 0;
    halve(
      losses.map((loss, k) => ({ loss, k })),
      rungs,
      {
        advance: ({ k }, to) => {
          steps[k] = to;
          at = to;
        },
        lossOf: ({ loss }) => loss,
        hasBegun: ({ loss }) => loss === least && at >= begun,
        isDecided: ({ loss }, to) => loss === least && to >= decided,
      },
    );
    return steps;
  }
  const twelve = Array.from({ length: 12 }, (_, k) => (k * 5) % 12);

  it("brings the better half on, three at least, until it is decided", () => {
    const steps = race(twelve, 0, 64);
    const byLoss = twelve.map((loss, k) => [loss, steps[k]]).sort(([a], [b]) => a - b);
    expect(byLoss.map(([, to]) => to)).toEqual([64, 64, 64, 16, 16, 16, 8, 8, 8, 8, 8, 8]);
  });

  it("goes on to the end where it is never decided, and is not decided among many", () => {
    expect(Math.max(...race(twelve, 0, 1e9))).toBe(256);
    expect(Math.max(...race(twelve, 0, 0))).toBe(16);
  });

  it("leaves nobody behind while nobody has begun, but not for ever", () => {
    expect(Math.min(...race(twelve, 32, 256))).toBe(32);
    expect(Math.min(...race(twelve, 1e9, 256))).toBe(64);
  });

  it("compares at the same rung who has come further before", () => {
    const losses: Readonly<Record<string, readonly number[]>> = {
      ahead: [3, 2],
      behind: [1, 4],
      other: [2, 3],
    };
    const asked: [string, number][] = [];
    halve(["ahead", "behind", "other"], [8, 16], {
      advance: () => {},
      lossOf: (name, steps) => losses[name][steps === 8 ? 0 : 1],
      hasBegun: (name, steps) => {
        asked.push([name, steps]);
        return true;
      },
      isDecided: () => false,
    });
    expect(asked).toEqual([
      ["behind", 8],
      ["ahead", 16],
    ]);
  });

  it("leaves behind at once who has no loss", () => {
    expect(race([1, Number.NaN, 2], 1e9, 32)).toEqual([32, 8, 32]);
    expect(race([Number.NaN], 0, 32)).toEqual([8]);
    expect(race([Number.NaN, 1], 0, 32)).toEqual([8, 32]);
  });
});
