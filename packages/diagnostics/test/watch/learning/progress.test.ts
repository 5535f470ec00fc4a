import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { Progress } from "../../../src/watch/learning/progress.ts";

function after(loss: (sweep: number) => number, sweeps = 128): Progress {
  const progress = new Progress();
  for (let sweep = 0; sweep < sweeps; sweep++) progress.next(loss(sweep));
  return progress;
}

it("compares the latest 64 losses with the first 32", () => {
  expect(after((sweep) => (sweep < 32 ? 4 : sweep < 64 ? 100 : 3)).left).toBe(0.75);
  expect(after((sweep) => (sweep < 31 ? 4 : 3)).left).toBeGreaterThan(0.75);
});

it("is none where the loss is about where it was", () => {
  expect(after(() => 1).isNone).toBe(true);
  expect(after((sweep) => (sweep < 32 ? 1 : 0.61)).isNone).toBe(true);
  expect(after((sweep) => (sweep < 32 ? 1 : 0.59)).isNone).toBe(false);
});

it("is some where the loss comes down clearly and noticeably, however slowly", () => {
  const falling = (slope: number, deviation = 0) => {
    const generator = new Generator("progress");
    return (sweep: number): number => 1 - slope * sweep + deviation * generator.normal();
  };
  // From window to window 32 slopes, of a loss of about one.
  expect(after(falling(5e-5)).isNone).toBe(true);
  expect(after(falling(8e-5)).isNone).toBe(false);
  expect(after(falling(1e-3, 0.5)).isNone).toBe(true);
  expect(after(falling(-1e-3)).isNone).toBe(true);
  expect(after((sweep) => 10 * falling(5e-5)(sweep)).isNone).toBe(true);
  expect(after((sweep) => 10 * falling(8e-5)(sweep)).isNone).toBe(false);
});

it("is some from two standard errors on, of the two latest windows of 32", () => {
  const swinging = (fall: number) => (sweep: number) =>
    1 + (sweep % 2 ? 0.1 : -0.1) - (sweep < 96 ? 0 : fall);
  expect(after(swinging(0.049)).isNone).toBe(true);
  expect(after(swinging(0.053)).isNone).toBe(false);
  const outlying = (at: number) => (sweep: number) => (sweep === at ? 11 : sweep < 96 ? 1 : 0.94);
  expect(after(outlying(63)).isNone).toBe(false);
  expect(after(outlying(64)).isNone).toBe(true);
});
