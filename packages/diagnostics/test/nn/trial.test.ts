import { log, mean, mul, NonFiniteError, relu, sub, tensor } from "@isograd/autograd";
import { hasLearnt, runTrial, treat } from "@isograd/diagnostics/nn";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../zoo/networks.ts";
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
});
