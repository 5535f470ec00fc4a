import { ArgumentError, IsogradError, noGrad } from "@isograd/autograd";
import { aside } from "../trace/aside.ts";
import { type Batch, checkSubject, type Loss, type Model, outputOf } from "../trace/trace.ts";
import { type Advice, Meter } from "./advice.ts";
import { adviceCandidates, type Candidate, fittingVariance, inputsPerUnit } from "./candidate.ts";
import type { FactoryOptions, ModelFactory } from "./options.ts";
import { ways } from "./ways.ts";

/**
 * Says which activation to take, in one of four ways.
 *
 * `model`: by what theory predicts for weights that suit each candidate: how the gradient changes from layer to layer, how alike inputs become,
 * how much is saturated. `data`: by what the untrained networks make of a batch: the same, measured, and how well its targets can be read off.
 * `competition`: all train side by side, from the same draws, on the same batches, and the worse half leaves after each round. `stochastic`:
 * each turn one trains on, drawn with the chance that it will be the best. The first two train nothing.
 *
 * @param build makes a network with a candidate; what it or the network throws of our errors leaves the candidate out
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
  const { by, candidates = adviceCandidates, networks = 2, seed = 0 } = options;
  if (typeof build !== "function")
    throw new ArgumentError("adviseActivation", "expected a function from an activation to a model", build);
  if (data.length === 0) throw new ArgumentError("adviseActivation", "expected batches", "none");
  if (!Object.hasOwn(ways, by))
    throw new ArgumentError("adviseActivation", `expected a way: ${Object.keys(ways).join(", ")}`, by);
  if (!(Number.isInteger(networks) && networks > 0))
    throw new ArgumentError("adviseActivation", "expected a number of networks", networks);
  const [{ inputs }] = data;
  checkSubject({ model: (x) => x, batch: data[0], loss }, "adviseActivation");
  const meter = new Meter();
  return aside(() => {
    const draw = (candidate: Candidate, own: number | string): Model =>
      build(candidate, {
        inputsPerUnit: inputsPerUnit(candidate),
        weightVariance: fittingVariance(candidate),
        seed: own,
      });
    const { fitting, leftOut } = enter(candidates, (candidate) => {
      const model = draw(candidate, seed);
      noGrad(() => outputOf(model, inputs, "adviseActivation"));
      return model;
    });
    if (fitting.length === 0)
      throw new ArgumentError(
        "adviseActivation",
        "expected candidates that the model takes",
        leftOut.map(({ name, reason }) => `${name}: ${reason}`).join("; "),
      );
    const { ranking, ending } = ways[by]({ fitting, draw, data, loss, options, meter });
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
