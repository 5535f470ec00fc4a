import { tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { G } from "../../physics/gravity.ts";
import { follow, motionsAt } from "../../physics/leapfrog.ts";

const f64 = { dtype: "f64" } as const;
const masses = tensor([1, 1e-9], f64);
const circle = {
  positions: tensor(
    [
      [0, 0],
      [4, 0],
    ],
    f64,
  ),
  velocities: tensor(
    [
      [0, 0],
      [0, Math.sqrt(G / 4)],
    ],
    f64,
  ),
};
const period = 2 * Math.PI * Math.sqrt(4 ** 3 / G);

/** How far the planet is from where a circle takes it in that share of a turn. */
function errorAfter(share: number, step: number): number {
  const { positions } = follow(circle, masses, share * period, step);
  const [, [x, y]] = positions.toArray() as number[][];
  return Math.hypot(x - 4 * Math.cos(2 * Math.PI * share), y - 4 * Math.sin(2 * Math.PI * share));
}

describe("the leapfrog", () => {
  it("follows a circle with an error that falls with the square of the step", () => {
    const [coarse, fine] = [errorAfter(0.7, period / 100), errorAfter(0.7, period / 200)];
    expect(coarse).toBeLessThan(0.03);
    expect(coarse / fine).toBeGreaterThan(3.9);
    expect(coarse / fine).toBeLessThan(4.1);
  });

  it("finds back to where it came from", () => {
    const there = follow(circle, masses, 5, 0.5);
    const { positions, velocities } = follow(there, masses, -5, 0.5);
    const [before, after] = [circle, { positions, velocities }].map((motion) => [
      ...motion.positions.values(),
      ...motion.velocities.values(),
    ]);
    before.forEach((value, k) => {
      expect(after[k]).toBeCloseTo(value, 12);
    });
  });

  it("gives the motions in the order of the times, before and after the epoch, and at it", () => {
    const motions = motionsAt([2, -1, 0, 1], circle, masses, 0.25);
    const alone = [2, -1, 1].map((years) => follow(circle, masses, years, 0.25));
    expect(motions[2]).toBe(circle);
    [motions[0], motions[1], motions[3]].forEach(({ positions }, k) => {
      const expected = alone[k].positions.values();
      positions.values().forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 12);
      });
    });
  });
});
