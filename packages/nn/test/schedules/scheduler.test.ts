import { parameter, zeros } from "@isograd/autograd";
import {
  cosineAnnealingLR,
  cyclicLR,
  cyclicMomentum,
  exponentialLR,
  LBFGS,
  multiplicativeLR,
  ReduceLROnPlateau,
  Scheduler,
  SGD,
  stepLR,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const leaf = () => parameter(zeros([1]));
const twoGroups = () =>
  new SGD([{ parameters: [leaf()] }, { parameters: [leaf()], learningRate: 10 }], { learningRate: 1 });

describe("Scheduler", () => {
  it("scales the rates of groups alike, or has a schedule for each", () => {
    const optimizer = twoGroups();
    const scheduler = new Scheduler(optimizer, stepLR({ stepSize: 1, gamma: 0.5 }));
    expect(optimizer.learningRates).toEqual([1, 10]);
    scheduler.step();
    scheduler.step();
    expect(optimizer.learningRates).toEqual([0.25, 2.5]);
    new Scheduler(optimizer, [(step) => 7 + step, exponentialLR({ gamma: 0.5 })]).step();
    expect(optimizer.learningRates).toEqual([8, 1.25]);
  });

  it("sets the rate of optimizers that have one only", () => {
    const optimizer = new LBFGS([leaf()], { learningRate: 1 });
    const scheduler = new Scheduler(
      optimizer,
      multiplicativeLR(() => 0.5),
    );
    scheduler.step();
    expect(optimizer.learningRate).toBe(0.5);
  });

  it("begins at once, and goes to any step", () => {
    const optimizer = new SGD([leaf()], { learningRate: 1 });
    const scheduler = new Scheduler(optimizer, (step) => step + 1);
    expect(optimizer.learningRate).toBe(1);
    scheduler.step(9);
    expect(optimizer.learningRate).toBe(10);
    scheduler.step();
    expect([optimizer.learningRate, scheduler.state.step]).toEqual([11, 10]);
  });

  it("goes on from a state that was stored, whatever rate the optimizer has meanwhile", () => {
    const schedule = cosineAnnealingLR({ totalIterations: 7, minLearningRate: 0.1 });
    const optimizer = twoGroups();
    const scheduler = new Scheduler(optimizer, schedule);
    for (let k = 0; k < 3; k++) scheduler.step();
    const stored = JSON.parse(JSON.stringify(scheduler.state));
    const other = twoGroups();
    other.learningRate = 99;
    const resumed = new Scheduler(other, schedule, stored);
    expect(other.learningRates).toEqual(optimizer.learningRates);
    for (let k = 0; k < 5; k++) {
      scheduler.step();
      resumed.step();
      expect(other.learningRates).toEqual(optimizer.learningRates);
    }
  });

  it("sets momentum against the rate", () => {
    const optimizer = new SGD([leaf()], { learningRate: 1, momentum: 0.5 });
    const shape = { stepSizeUp: 2 };
    const scheduler = new Scheduler(optimizer, {
      learningRate: cyclicLR({ baseLearningRate: 0, maxLearningRate: 1, ...shape }),
      momentum: cyclicMomentum(shape),
    });
    const found = Array.from({ length: 5 }, (_, k) => {
      if (k > 0) scheduler.step();
      return [optimizer.learningRate, ...(optimizer.momentums ?? [])];
    });
    expectNumbers(found.flat(), [0, 0.9, 0.5, 0.85, 1, 0.8, 0.5, 0.85, 0, 0.9]);
  });

  it("refuses what does not fit the optimizer", () => {
    const optimizer = twoGroups();
    const one = exponentialLR({ gamma: 0.5 });
    expect(() => new Scheduler(optimizer, [one])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Scheduler: expected 2 schedules of learning rates, got 1]`,
    );
    expect(() => new Scheduler({ learningRate: 1 }, { momentum: one })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Scheduler: expected an optimizer whose momentum can be set, got Object]`,
    );
    expect(() => new Scheduler(optimizer, () => -1)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: learningRates: expected a learning rate that is not negative, got -1]`,
    );
    expect(() => new Scheduler(optimizer, one).step(Number.POSITIVE_INFINITY)).toThrow(/expected step/);
    expect(optimizer.learningRates).toEqual([1, 10]);
  });
});

describe("ReduceLROnPlateau", () => {
  it("has a lowest rate for each group, and leaves alone what would hardly change", () => {
    const optimizer = twoGroups();
    const plateau = new ReduceLROnPlateau(optimizer, {
      patience: 0,
      factor: 0.5,
      minLearningRate: [0.4, 4.9],
      eps: 0.11,
    });
    const rates = [1, 1, 1, 1].map((metric) => {
      plateau.step(metric);
      return [...optimizer.learningRates];
    });
    expect(rates).toEqual([
      [1, 10],
      [0.5, 5],
      [0.5, 5],
      [0.5, 5],
    ]);
  });

  it("goes on from a state that was stored", () => {
    const metrics = [3, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1];
    const options = { patience: 1, cooldown: 1, factor: 0.5 };
    const run = (interruptAt: number): number => {
      const optimizer = new SGD([leaf()], { learningRate: 1 });
      let plateau = new ReduceLROnPlateau(optimizer, options);
      metrics.forEach((metric, k) => {
        if (k === interruptAt)
          plateau = new ReduceLROnPlateau(optimizer, options, JSON.parse(JSON.stringify(plateau.state)));
        plateau.step(metric);
      });
      return optimizer.learningRate;
    };
    const whole = run(-1);
    expect(whole).toBeLessThan(1);
    for (let k = 0; k < metrics.length; k++) expect(run(k)).toBe(whole);
  });

  it("refuses settings that make no sense", () => {
    const optimizer = twoGroups();
    expect(() => new ReduceLROnPlateau(optimizer, { factor: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ReduceLROnPlateau: expected factor below 1, got 1]`,
    );
    expect(() => new ReduceLROnPlateau(optimizer, { patience: -1 })).toThrow(/expected patience/);
    expect(() => new ReduceLROnPlateau(optimizer, { mode: "up" as never })).toThrow(/expected mode/);
    expect(() => new ReduceLROnPlateau(optimizer, { minLearningRate: [0] })).toThrow(/expected 2 lowest/);
  });
});
