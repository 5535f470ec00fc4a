import { log, mean, mul, NonFiniteError, relu, sub, tensor } from "@isograd/autograd";
import type { Batch } from "@isograd/diagnostics";
import { hasLearnt, runTrial, treat } from "@isograd/diagnostics/nn";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { hasLearntPlainly } from "../../src/nn/trial.ts";
import { plain } from "../networks/plain.ts";
import { learnable, optimizer, remedyThat } from "./samples.ts";

const batches = Array.from({ length: 30 }, (_, k) => learnable(`trial ${k}`));
const nothing = remedyThat(() => {});
const treatmentOf = (weights: number, depth = 3) =>
  treat(plain({ width: 24, depth, activation: relu, weights, seed: "trial" }), nothing, {
    batch: batches[0],
  });

describe("a trial", () => {
  it("takes one step a batch and compares with shuffled targets and with knowing nothing", () => {
    const trial = runTrial(treatmentOf(2), batches, crossEntropy, optimizer);
    expect(trial.losses).toHaveLength(30);
    expect(trial.finalLoss).toBeLessThan(0.7 * trial.losses[0]);
    expect(trial.uninformedLoss).toBeCloseTo(Math.log(4), 5);
    expect(trial.shuffledLoss).toBeGreaterThan(trial.finalLoss);
    expect(hasLearnt(trial)).toBe(true);
  });

  it("shows when nothing was learnt: the output is the same for all examples", () => {
    const trial = runTrial(treatmentOf(0.01, 12), batches, crossEntropy, optimizer);
    expect(trial.finite).toBe(true);
    expect(trial.shuffledLoss).toBeCloseTo(trial.finalLoss, 2);
    expect(hasLearnt(trial)).toBe(false);
  });

  it("is not taken in by a model that is only loud", () => {
    const trial = runTrial(treatmentOf(2e4), batches, crossEntropy, optimizer);
    expect(trial.finalLoss).toBeGreaterThan(trial.uninformedLoss);
    expect(hasLearnt(trial)).toBe(false);
  });

  it("breaks off where the loss stops being finite", () => {
    let calls = 0;
    const trial = runTrial(
      treatmentOf(2),
      batches,
      (y, t) => mul(crossEntropy(y, t), ++calls > 5 ? Infinity : 1),
      optimizer,
    );
    expect(trial).toMatchObject({ finite: false, finalLoss: Number.NaN });
    expect(trial.losses).toHaveLength(5);
    expect(hasLearnt(trial)).toBe(false);
  });

  it("breaks off at a step that refuses to be taken, and passes other errors on", () => {
    const refusing = (error: Error) => () =>
      ({
        zeroGrad: () => {},
        step: () => {
          throw error;
        },
      }) as never;
    const trial = runTrial(
      treatmentOf(2),
      batches,
      crossEntropy,
      refusing(new NonFiniteError("norm is NaN")),
    );
    expect([trial.finite, trial.losses.length]).toEqual([false, 1]);
    expect(() => runTrial(treatmentOf(2), batches, crossEntropy, refusing(new RangeError("mine")))).toThrow(
      "mine",
    );
  });

  it("judges losses below zero, and ones that an output of zeros is not for", () => {
    const negative = runTrial(treatmentOf(2), batches, (y, t) => sub(crossEntropy(y, t), 5), optimizer);
    expect(negative.finalLoss).toBeLessThan(0);
    const picky = runTrial(
      treatmentOf(2),
      batches,
      (y, t) => mul(crossEntropy(y, t), mean(mul(log(mul(y, y)), 0)).item() === 0 ? 1 : Number.NaN),
      optimizer,
    );
    expect(picky.uninformedLoss).toBeNaN();
    expect(hasLearnt(picky)).toBe(true);
  });

  it("takes targets that are one number for all", () => {
    const one = batches.map(({ inputs }) => ({ inputs, targets: tensor(1) }));
    expect(runTrial(treatmentOf(2), one, (y, t) => mean(mul(sub(y, t), sub(y, t))), optimizer).finite).toBe(
      true,
    );
  });

  it("is judged by its last third, or by what is held out", () => {
    const of = (heldOut?: readonly Batch[]) =>
      runTrial(treatmentOf(2), batches.slice(0, 9), crossEntropy, optimizer, heldOut).finalLoss;
    expect(of()).toBe(of(batches.slice(6, 9)));
    expect(of()).not.toBe(of(batches.slice(5, 9)));
    expect(of(batches.slice(20))).not.toBe(of());
  });

  it("is not finite where it cannot be judged", () => {
    let calls = 0;
    const trial = runTrial(
      treatmentOf(2),
      batches.slice(0, 3),
      (y, t) => mul(crossEntropy(y, t), ++calls > 3 ? Infinity : 1),
      optimizer,
    );
    expect(trial).toMatchObject({ finite: false, finalLoss: Number.NaN });
    expect(trial.losses).toHaveLength(3);
  });
});

describe("what counts as learnt", () => {
  const trial = (finalLoss: number, shuffledLoss: number, uninformedLoss = Number.NaN) => ({
    ...{ losses: [], finite: true, finalLoss, shuffledLoss, uninformedLoss },
  });

  it.each([
    [hasLearnt, 0.05],
    [hasLearntPlainly, 0.25],
  ])("%o asks for a part of the other losses, of whatever sign", (learnt, part) => {
    for (const [other, loss] of [
      [1, 1 - part],
      [8, 8 * (1 - part)],
      [-1, -1 - part],
    ]) {
      expect([learnt(trial(loss + 0.01, other)), learnt(trial(loss - 0.01, other))]).toEqual([false, true]);
      expect(learnt(trial(loss - 0.01, other, loss))).toBe(false);
      expect(learnt(trial(loss - 0.01, other, other))).toBe(true);
    }
    expect(learnt({ ...trial(0.1, 1), finite: false })).toBe(false);
  });
});
