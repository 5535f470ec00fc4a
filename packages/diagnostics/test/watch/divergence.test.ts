import { expect, it } from "vitest";
import { Divergence, type Level } from "../../src/watch/divergence.ts";

/** The first step at which it fires; null if it never does. */
function firesAt(level: (step: number) => Level, steps = 60): number | null {
  const divergence = new Divergence();
  for (let step = 0; step < steps; step++) if (divergence.next(level(step)) !== null) return step;
  return null;
}

const growing =
  (base: number) =>
  (step: number): Level => ({ loss: base ** step, gradientNorm: base ** step });

it("fires at the fourth step in a row beyond a thousand times the first eight", () => {
  // 2^7 is the largest of the first; 2^17 the first beyond a thousand times that.
  expect(firesAt(growing(2))).toBe(20);
});

it("is silent while training brings the loss down, or lets it rise a little", () => {
  expect(firesAt((step) => ({ loss: 1 / (step + 1), gradientNorm: 1 }))).toBe(null);
  expect(firesAt((step) => ({ loss: step < 10 ? 1 : 900, gradientNorm: step < 10 ? 1 : 900 }))).toBe(null);
});

it("needs both: a gradient that grows from next to nothing leaves a plateau", () => {
  expect(firesAt((step) => ({ loss: 1, gradientNorm: 2 ** step }))).toBe(null);
  expect(firesAt((step) => ({ loss: 2 ** step, gradientNorm: 1 }))).toBe(null);
});

it("needs four in a row", () => {
  expect(firesAt((step) => (step >= 20 && step % 4 !== 3 ? growing(1e3)(2) : growing(1)(0)))).toBe(null);
});

it("is silent where the loss is not positive or not known", () => {
  expect(firesAt((step) => ({ loss: step < 8 ? -1 : 1e9, gradientNorm: 2 ** step }))).toBe(null);
  expect(firesAt((step) => ({ loss: Number.NaN, gradientNorm: 2 ** step }))).toBe(null);
});

it("knows whether a loss lies within the first eight", () => {
  const divergence = new Divergence();
  expect(divergence.isWithinStart(0)).toBe(false);
  for (let step = 0; step < 20; step++) divergence.next({ loss: step, gradientNorm: 1 });
  expect([7, 7.1, -1].map((loss) => divergence.isWithinStart(loss))).toEqual([true, false, true]);
  expect(divergence.isWithinStart(Number.NaN)).toBe(false);
});

it("does not depend on the unit of the loss", () => {
  const scaled = (factor: number) =>
    firesAt((step) => {
      const { loss, gradientNorm } = growing(2)(step);
      return { loss: factor * loss, gradientNorm: factor * gradientNorm };
    });
  expect([1e-6, 1, 1e6].map(scaled)).toEqual([20, 20, 20]);
});
