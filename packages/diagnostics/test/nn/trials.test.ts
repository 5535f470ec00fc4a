import { mul, relu, sigmoid, tanh } from "@isograd/autograd";
import { diagnose } from "@isograd/diagnostics";
import { type OptimizerFactory, runTrial, treat } from "@isograd/diagnostics/nn";
import { BatchNorm1d, crossEntropy, type Layer, LogSoftmax, Sequential, SGD, Softmax } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Trial } from "../../src/nn/trial.ts";
import { type Case, Trials, type Tried } from "../../src/nn/trials.ts";
import { short } from "../../src/words.ts";
import { plain } from "../networks/plain.ts";
import { learnable, remedyThat } from "./samples.ts";

const batch = learnable("trials");
const many = (count: number) => Array.from({ length: count }, () => batch);
const steadily: OptimizerFactory = ({ model }) => new SGD(model.parameters(), { learningRate: 0.1 });
const model = plain({ width: 8, depth: 2, activation: tanh, weights: 1, seed: "trials" });

const trialsOf = (change: Partial<Case> = {}): Trials =>
  new Trials({
    ...{ model, batch, loss: crossEntropy, seed: 0, optimizer: steadily, isInTraining: false, shownIn: 0 },
    ...{ batches: many(40), heldOut: [batch], ...change },
  });

const steps = remedyThat(() => {}, { measure: "training" });
const network = remedyThat(() => {});

/** A clone that learnt so well in so many steps. */
const tried = (count: number, finalLoss: number, change: Partial<Tried & Trial> = {}): Tried => {
  const { remedy = steps, evidence = "", finite = true, shuffledLoss = 5 } = change;
  const losses = Array.from({ length: count }, () => 2);
  const trial = { losses, finite, finalLoss, shuffledLoss, uninformedLoss: Number.NaN };
  return { remedy, evidence, run: null, trials: new Map([[count, trial]]) };
};

/** The loss of the clone that nothing was done to, after so many steps. */
const untreated = (count: number): number =>
  runTrial(treat(model, steps, { batch }), many(count), crossEntropy, steadily, [batch]).finalLoss;

describe("there is no doubt that a clone learnt", () => {
  it.each([
    [20, 20],
    [40, 32],
    [200, 50],
  ])("of %i steps, after %i: 32, or a quarter, or all", (all, enough) => {
    const trials = trialsOf({ batches: many(all) });
    const learnt = (count: number, loss: number): boolean => trials.hasLearnt(tried(count, loss));
    expect([learnt(enough - 1, 1), learnt(enough, 1)]).toEqual([false, true]);
    // Five hundredths are something, and a quarter is plain.
    expect([learnt(enough, 4), trials.hasBegun(tried(enough, 4))]).toEqual([false, true]);
  });

  it("nor that one that was not tried did not", () => {
    const none = { ...tried(40, 1), trials: new Map() };
    expect([trialsOf().hasLearnt(none), trialsOf().hasBegun(none)]).toEqual([false, false]);
    expect(trialsOf().judge({ ...none, evidence: "still exploding" })).toMatchObject({
      ...{ passed: false, evidence: "still exploding", trialLoss: Number.NaN },
    });
  });
});

describe("steps pass", () => {
  it("that teach better than those that nothing was done to, after as many", () => {
    const trials = trialsOf();
    // The later ones first: what was seen of the earlier ones stays what it was.
    for (const count of [16, 8]) {
      const before = untreated(count);
      const [better, worse] = [before - 1e-4, before + 1e-4].map((loss) => trials.judge(tried(count, loss)));
      expect([better.passed, worse.passed]).toEqual([true, false]);
      expect(better.evidence).toMatch(new RegExp(`^loss 2 to .*, ${short(before)} untreated$`));
    }
    expect(untreated(8) - untreated(16)).toBeGreaterThan(1e-2);
  });

  it("only where the clone has learnt at all", () => {
    const slow = tried(8, untreated(8) - 1e-4, { shuffledLoss: untreated(8) });
    expect(trialsOf().judge(slow).passed).toBe(false);
  });

  it("that can be taken where those alone cannot", () => {
    let calls = 0;
    const trials = trialsOf({ loss: (y, t) => mul(crossEntropy(y, t), ++calls > 3 ? Infinity : 1) });
    const { passed, evidence } = trials.judge(tried(8, 3));
    expect(passed).toBe(true);
    expect(evidence).toMatch(/, not finite untreated$/);
  });
});

it("networks pass that came out healthy and can be trained; those of a fault in training have to teach", () => {
  const worse = untreated(8) + 0.1;
  const of = (isInTraining: boolean, finite: boolean): boolean =>
    trialsOf({ isInTraining }).judge(tried(8, worse, { remedy: network, evidence: "healthy", finite }))
      .passed;
  expect([of(false, true), of(false, false), of(true, true)]).toEqual([true, false, false]);
  expect(trialsOf().judge(tried(8, 1, { remedy: network, evidence: "healthy" })).evidence).toMatch(
    /^healthy; loss 2 to 1 in 8 steps/,
  );
});

describe("a clone is trained", () => {
  it("unless its network, or its output, is still at fault", () => {
    const deep = plain({ width: 8, depth: 10, activation: sigmoid, weights: 1, seed: "trials" });
    const [flow, output, training] = (["flow", "output", "training"] as const).map((measure) =>
      trialsOf({ model: deep }).begin(
        remedyThat(() => {}, { measure }),
        "known",
      ),
    );
    expect([flow.run, flow.evidence.split(":")[0]]).toEqual([null, "still vanishing"]);
    // The output is right, whatever else lint finds.
    expect([output.run === null, output.evidence]).toEqual([false, "output and loss fit"]);
    expect([training.run === null, training.evidence]).toEqual([false, "known"]);
    const healthy = trialsOf().begin(network);
    expect(healthy.evidence).toMatch(/^gradient first\/last layer/);
  });

  const fast: OptimizerFactory = ({ model: own }) => new SGD(own.parameters(), { learningRate: 1 });
  const lengthFor = (shownIn: number, effort?: "briefly", optimizer = fast): number => {
    const trials = trialsOf({ shownIn, optimizer, batches: many(70) });
    const begun = trials.begin(steps);
    trials.train([begun, { ...begun, run: null }], effort);
    return [...begun.trials.values()].at(-1)?.losses.length ?? 0;
  };

  it("where its output fits the loss, or does what the loss does once more", () => {
    const behind = (layer: Layer) =>
      trialsOf({ model: new Sequential([...model.layers, layer]) }).begin(
        remedyThat(() => {}, { measure: "output" }),
      );
    expect(behind(new Softmax())).toMatchObject({
      run: null,
      evidence: expect.stringMatching(/^still mismatched: /),
    });
    expect(behind(new LogSoftmax()).evidence).toBe("output and loss fit");
  });

  it("where networks of its architecture explode as far, whatever the closed form says", () => {
    const narrow = { width: 6, depth: 30, activation: relu, weights: 2, seed: "exp 0" };
    const deep = plain({ ...narrow, behind: (numFeatures) => new BatchNorm1d({ numFeatures }) });
    expect(diagnose(deep, batch, crossEntropy, { redraws: 0 }).verdict).toBe("exploding");
    expect(trialsOf({ model: deep }).begin(network).evidence).toMatch(/^gradient first\/last layer/);
  });

  it("longer than twice as long as it took the fault to show", () => {
    expect([0, 15, 16, 32].map((steps) => lengthFor(steps))).toEqual([32, 32, 64, 70]);
  });

  it("briefly: no longer than one would have to learn, even where it does not; to the end where no length is enough", () => {
    const idle: OptimizerFactory = ({ model: own }) => new SGD(own.parameters(), { learningRate: 1e-9 });
    expect([0, 16, 40].map((steps) => lengthFor(steps, "briefly", idle))).toEqual([32, 64, 70]);
    expect(lengthFor(0, undefined, idle)).toBe(70);
  });

  it("further, where others join: what it has learnt is not learnt again, and it is compared at the same rungs", () => {
    const trials = trialsOf({ optimizer: fast });
    const [first, second] = [trials.begin(steps), trials.begin(steps)];
    trials.train([first], "briefly");
    const before = [...first.trials.entries()];
    trials.train([first, second]);
    expect([...first.trials.entries()].slice(0, before.length)).toEqual(before);
    expect([...second.trials.entries()]).toEqual([...first.trials.entries()]);
    expect(before.map(([rung]) => rung)).toEqual([8, 16, 32]);
  });
});
