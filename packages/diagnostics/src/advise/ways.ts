import { ArgumentError, Generator } from "@isograd/autograd";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import type { Meter, Verdict } from "./advice.ts";
import { architectureOf } from "./architecture.ts";
import { rankByData } from "./by-data.ts";
import { rankByModel } from "./by-model.ts";
import { type Candidate, isGate } from "./candidate.ts";
import { compete } from "./competition.ts";
import { Contestant } from "./contestant.ts";
import type { AdviceOptions, FactoryOptions } from "./options.ts";
import { sampleInTurns } from "./stochastic.ts";

/** What each way is given. */
export interface Question {
  /** Candidates that fit, each with a first network. */
  readonly fitting: readonly { readonly candidate: Candidate; readonly model: Model }[];
  readonly draw: (candidate: Candidate, seed: number | string) => Model;
  readonly data: readonly Batch[];
  readonly loss: Loss;
  readonly options: FactoryOptions;
  readonly meter: Meter;
}

const seedsOf = ({ networks = 2, seed = 0 }: AdviceOptions): string[] =>
  Array.from({ length: networks }, (_, k) => `${seed} ${k}`);

/** The four ways by name. */
export const ways: Readonly<Record<AdviceOptions["by"], (question: Question) => Verdict>> = {
  model: ({ fitting, data, meter }) => {
    // Of a gate's network the layers look twice as wide as they are.
    const { model } = fitting.find(({ candidate }) => !isGate(candidate)) ?? fitting[0];
    meter.gradientEvaluations++;
    return rankByModel(
      fitting.map(({ candidate }) => candidate),
      architectureOf(model, data[0].inputs.shape),
    );
  },
  data: ({ fitting, draw, options, ...rest }) =>
    rankByData({
      ...rest,
      candidates: fitting.map(({ candidate }) => candidate),
      draw: (candidate) => seedsOf(options).map((seed) => draw(candidate, seed)),
    }),
  competition: (question) => {
    const { contestants, steps, grid } = contest(question);
    return compete(contestants, { steps, budget: (question.options.budget ?? 1 / 4) * grid, alpha: 0.01 });
  },
  stochastic: (question) => {
    const { contestants, steps, grid } = contest(question);
    const { budget = 1 / 4, seed = 0 } = question.options;
    const generator = new Generator(seed).fork("turns");
    return sampleInTurns(contestants, { steps, budget: budget * grid, confidence: 0.95, generator });
  },
};

/** All candidates before their first step, and how many steps training all of them would take. */
function contest({ fitting, draw, data, loss, options, meter }: Question) {
  const { train, heldOut, measure = (output, targets) => -loss(output, targets).item() } = options;
  if (train === undefined)
    throw new ArgumentError(
      "adviseActivation",
      `expected what trains a model, for the way ${options.by}`,
      train,
    );
  const kept = heldOut === undefined ? Math.ceil(data.length / 5) : 0;
  if (kept === data.length || heldOut?.length === 0)
    throw new ArgumentError("adviseActivation", "expected batches to train on, and to hold out", [
      data.length - kept,
      heldOut?.length ?? kept,
    ]);
  const batches = data.slice(0, data.length - kept);
  const { steps = batches.length } = options;
  const seeds = seedsOf(options);
  const course = { batches, heldOut: heldOut ?? data.slice(-kept), loss, measure, meter };
  const contestants = fitting.map(({ candidate }) => {
    const models = seeds.map((seed) => draw(candidate, seed));
    return new Contestant(
      candidate,
      models.map((model) => ({ model, step: train(model) })),
      course,
    );
  });
  return { contestants, steps, grid: contestants.length * seeds.length * steps };
}
