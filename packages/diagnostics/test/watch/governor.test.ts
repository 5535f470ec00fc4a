import { expect, it } from "vitest";
import { Governor } from "../../src/watch/governor.ts";

/** Steps of `training` milliseconds and looks of `looking`, where they can be afforded; the share of time that looking takes in the end. */
function shareOf(
  budget: number,
  { training, looking, steps = 4000 }: { training: number; looking: number; steps?: number },
) {
  let now = 0;
  const governor = new Governor(budget, () => now);
  let looks = 0;
  for (let step = 0; step < steps; step++) {
    now += training;
    if (!governor.affords) continue;
    looks++;
    governor.charge(() => {
      now += looking;
    });
  }
  return { share: (looks * looking) / (steps * training), looks };
}

it("lets every step be looked at where that keeps to the budget", () => {
  expect(shareOf(0.05, { training: 10, looking: 0.4 }).looks).toBe(4000);
});

it.each([0.01, 0.05, 0.2])("keeps looking to a share of %f of the time of training", (budget) => {
  const { share } = shareOf(budget, { training: 1, looking: 0.5 });
  expect(share).toBeGreaterThan(0.9 * budget);
  expect(share).toBeLessThan(1.1 * budget);
});

it("does not save up for long: after a pause it looks no more than fifty milliseconds in a row", () => {
  let now = 0;
  const governor = new Governor(0.05, () => now);
  now = 1e7;
  let looks = 0;
  while (governor.affords && looks < 1000) {
    looks++;
    governor.charge(() => {
      now += 10;
    });
  }
  expect(looks).toBeLessThanOrEqual(7);
});

it("charges a look that throws as well, and passes on what a look returns", () => {
  let now = 0;
  const governor = new Governor(0.05, () => now);
  expect(governor.charge(() => 3)).toBe(3);
  expect(() =>
    governor.charge(() => {
      now += 100;
      throw new Error("in the look");
    }),
  ).toThrow("in the look");
  now += 1;
  expect(governor.affords).toBe(false);
});

it("charges what it is told of as well", () => {
  let now = 0;
  const governor = new Governor(0.1, () => now);
  governor.owe(10);
  now = 99;
  expect(governor.affords).toBe(false);
  now = 101;
  expect(governor.affords).toBe(true);
});

it("knows no clock without a limit", () => {
  const governor = new Governor(Number.POSITIVE_INFINITY, () => 0);
  governor.charge(() => {});
  expect([governor.limited, governor.affords]).toEqual([false, true]);
});
