import { expect, it } from "vitest";
import type { Outlook } from "../../src/advise/outlook.ts";
import { scoreOf } from "../../src/advise/score.ts";

const good: Outlook = { attenuation: 0, spread: 0, distinct: 1, unevenness: 0, saturated: 0, straight: 0 };

it("is 0 at best", () => {
  expect(scoreOf(good)).toBe(-0);
});

it.each<[Partial<Outlook>, number]>([
  [{ attenuation: -2 }, -2],
  [{ attenuation: 2 }, -2],
  [{ distinct: Math.exp(-1) }, -0.4],
  [{ unevenness: 1 }, -0.5],
  [{ saturated: 0.5 }, -0.5],
  [{ straight: 1 - Math.exp(-1) }, -1],
  [{ spread: 3 }, 0],
])("costs what it says: %o", (change, score) => {
  expect(scoreOf({ ...good, ...change })).toBeCloseTo(score, 12);
});

it("takes what is not known for harmless, and a gradient that is no number for fatal", () => {
  expect(scoreOf({ ...good, straight: Number.NaN, distinct: Number.NaN })).toBeCloseTo(0, 12);
  expect(scoreOf({ ...good, attenuation: Number.NaN })).toBe(Number.NEGATIVE_INFINITY);
});

it("has a bottom where nothing is left", () => {
  expect(scoreOf({ ...good, distinct: 0, straight: 1 })).toBeCloseTo(1.4 * Math.log(1e-12), 10);
});
