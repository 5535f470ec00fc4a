import { ArgumentError, Generator, IsogradError, type Tensor } from "@isograd/autograd";
import { aside } from "../trace/aside.ts";
import { type Batch, checkSubject, type Loss, type Model } from "../trace/trace.ts";
import { type Advice, Meter, type Verdict } from "./advice.ts";
import { architectureOf } from "./architecture.ts";
import { rankByData } from "./by-data.ts";
import { rankByModel } from "./by-model.ts";
import { adviceCandidates, type Candidate, fittingVariance, inputsPerUnit, isGate } from "./candidate.ts";
import { compete } from "./competition.ts";
import { Contestant, type Step } from "./contestant.ts";
import { sampleInTurns } from "./stochastic.ts";

/** What a network of a candidate has to be like. */
export interface Blueprint {
  /** Outputs of the layer in front that a unit takes: 2 for a gate, whose layers in front are twice as wide. */
  readonly inputsPerUnit: 1 | 2;
  /** σw²: weights are to be drawn from N(0, σw²/fanIn). */
  readonly weightVariance: number;
  /** Of the draws: networks of two candidates with one seed are to begin alike. */
  readonly seed: number | string;
}

/** Builds a network with an activation behind its hidden layers; throws an error of ours where it does not fit. */
export type ModelFactory = (activation: Candidate, blueprint: Blueprint) => Model;

export interface AdviceOptions {
  /** The way: theory alone, a look at a batch, training side by side, or training by lot. */
  readonly by: "model" | "data" | "competition" | "stochastic";
  /** Default: `adviceCandidates`. */
  readonly candidates?: readonly Candidate[];
  /** Networks that a candidate is tried on; default 2. */
  readonly networks?: number;
  /** Of all that is drawn; default 0. */
  readonly seed?: number | string;
  /** What candidates that train are compared on; default: the last fifth of the batches, on which nobody trains then. */
  readonly heldOut?: readonly Batch[];
  /** How good an output is, larger is better; default: minus the loss. */
  readonly measure?: (output: Tensor, targets: Tensor) => number;
  /** Of a full training; default: one a batch. */
  readonly steps?: number;
  /** Share of what training every candidate in full would take; default 1/4. */
  readonly budget?: number;
}

export interface FactoryOptions extends AdviceOptions {
  /** Makes of a model what takes one step on a batch and returns the loss before it: for the two ways that train. */
  readonly train?: (model: Model) => Step;
}

/**
 * Says which activation to take, in one of four ways.
 *
 * `model`: by what theory predicts for weights that suit each candidate: how the gradient changes from layer to layer, how alike inputs become,
 * how much is saturated. `data`: by what the untrained networks make of a batch: the same, measured, and how well its targets can be read off.
 * `competition`: all train side by side, from the same draws, on the same batches, and the worse half leaves after each round. `stochastic`:
 * each turn one trains on, drawn with the chance that it will be the best. The first two train nothing.
 *
 * @param build makes a network with a candidate; what it throws of our errors leaves the candidate out
 * @param data  batches in the order of training; `model` takes the shape of the first one's inputs only
 * @throws ArgumentError without data or candidates that fit, or without what a way needs
 * @see Poole et al. 2016; Jamieson, Talwalkar 2016; Thompson 1933
 * @example
 * const build: ModelFactory = (activation, { weightVariance, seed }) => {
 *   const generator = new Generator(seed);
 *   const weights = [[16, 4], [16, 16], [2, 16]].map(([outputs, inputs]) =>
 *     parameter(mul(randn(generator, [outputs, inputs]), Math.sqrt(weightVariance / inputs))),
 *   );
 *   return (x) => weights.reduce((h, weight, k) => linear(k === 0 ? h : activation(h), weight), x);
 * };
 * const candidates = [sigmoid, tanh, relu];
 * const { ranking, cost } = adviseActivation(build, [batch], crossEntropy, { by: "model", candidates });
 * ranking.at(-1)?.name; // "sigmoid"
 * cost.steps; // 0
 */
export function adviseActivation(
  build: ModelFactory,
  data: readonly Batch[],
  loss: Loss,
  options: FactoryOptions,
): Advice {
  const { candidates = adviceCandidates, seed = 0 } = options;
  if (typeof build !== "function")
    throw new ArgumentError("adviseActivation", "expected a function from an activation to a model", build);
  if (data.length === 0) throw new ArgumentError("adviseActivation", "expected batches", "none");
  const meter = new Meter();
  return aside(() => {
    const draw = (candidate: Candidate, own: number | string): Model =>
      build(candidate, {
        inputsPerUnit: inputsPerUnit(candidate),
        weightVariance: fittingVariance(candidate),
        seed: own,
      });
    const { fitting, leftOut } = enter(candidates, (candidate) => draw(candidate, seed));
    if (fitting.length === 0)
      throw new ArgumentError(
        "adviseActivation",
        "expected candidates that the model takes",
        leftOut.map(({ name, reason }) => `${name}: ${reason}`).join("; "),
      );
    checkSubject({ model: fitting[0].model, batch: data[0], loss }, "adviseActivation");
    const { ranking, ending } = ways[options.by]({ fitting, draw, data, loss, options, meter });
    return {
      ranking: ranking.map((ranked) => ({
        ...ranked,
        name: ranked.candidate.name,
        code: pasted(ranked.candidate),
      })),
      leftOut,
      cost: meter.read(),
      ending,
    };
  });
}

/** What each way is given. */
interface Question {
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

const ways: Readonly<Record<AdviceOptions["by"], (question: Question) => Verdict>> = {
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
  if (kept === data.length)
    throw new ArgumentError("adviseActivation", "expected batches to train on and to hold out", data.length);
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

function enter(candidates: readonly Candidate[], build: (candidate: Candidate) => Model) {
  const fitting: { candidate: Candidate; model: Model }[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  for (const candidate of candidates) {
    try {
      fitting.push({ candidate, model: build(candidate) });
    } catch (error) {
      if (!(error instanceof IsogradError)) throw error;
      leftOut.push({ name: candidate.name, reason: error.message });
    }
  }
  return { fitting, leftOut };
}

const pasted = (candidate: Candidate): string => {
  const variance = Number(fittingVariance(candidate).toPrecision(6));
  const units = inputsPerUnit(candidate);
  return `const model = build(${candidate.name}, { inputsPerUnit: ${units}, weightVariance: ${variance}, seed });`;
};
