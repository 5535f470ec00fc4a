import type { Firing, LayerObservation, Observation, Rival, Rules } from "../observation.ts";
import { allFinite, countsByUnit, meanAbsolute } from "./summaries.ts";

// From the paper, and from the hooks that its authors published (thedeepchecker/thedeepchecker): each step's mean absolute gradient is kept, each
// tenth step but the first is judged. Activations are judged over the last ten batches.
//
// It is made to watch a network overfit a single batch; here it watches the training itself, and a step is one that it is told of. Its settings file is not public in what we read:
// the tenth step is that of its authors' later port. A standard deviation counts as out of range where its F test says so, at the level that is
// that function's default. Saturation is measured without bins. Left out: its checks of the loss curve, of weights and of biases, and those
// before training.

const settings = {
  period: 10,
  batches: 10,
  window: 5,
  vanishing: 1e-6,
  decay: 0.5,
  exploding: 1e6,
  growth: 2,
  logUpdate: [-4, -1],
  dead: 1e-5,
  percentile: 0.95,
  saturated: 0.85,
  units: 0.5,
  deviation: [0.5, 2],
  criticalF: 2.70554,
} as const;

/** What one batch says of a layer, to be added up over several. */
interface BatchSums {
  readonly examples: number;
  readonly sum: number;
  readonly squares: number;
  /** Of each unit, how many outputs are as good as 0. */
  readonly tiny: Uint32Array;
  /** Of each unit, how far its outputs lie from the middle of the activation's range, added up: 1 at either end. */
  readonly extremity: Float64Array;
}

class LayerHistory {
  gradients: number[] = [];
  updates: number[] = [];
  batches: BatchSums[] = [];

  note(layer: LayerObservation): void {
    this.gradients = [...this.gradients.slice(1 - settings.window), meanAbsolute(layer.gradient)];
    const divider = meanAbsolute(layer.weight);
    const ratio = meanAbsolute(layer.update) / divider;
    if (divider !== 0) this.updates.push(ratio > 0 ? Math.log10(ratio) : 0);
    if (layer.activation !== null)
      this.batches = [...this.batches.slice(1 - settings.batches), batchSums(layer)];
  }

  /** By what each of the last gradients differs from the one before. */
  get rates(): readonly number[] {
    const { gradients } = this;
    return gradients.length < settings.window
      ? []
      : gradients.slice(1).map((value, k) => value / gradients[k]);
  }
}

class DeepCheckerRules implements Rules {
  readonly #histories = new Map<string, LayerHistory>();
  #steps = -1;

  observe({ step, layers }: Observation): readonly Firing[] {
    this.#steps++;
    const rules = new Set<string>();
    for (const layer of layers) {
      const history = this.#histories.get(layer.place) ?? new LayerHistory();
      this.#histories.set(layer.place, history);
      if (!allFinite(layer.gradient) || !allFinite(layer.outputs)) {
        rules.add("not finite");
        continue;
      }
      history.note(layer);
      if (this.#steps === 0 || this.#steps % settings.period !== 0) continue;
      for (const rule of [
        ...judgeUpdates(history),
        ...judgeGradients(history),
        ...judgeActivations(layer, history),
      ])
        rules.add(rule);
    }
    return [...rules].map((rule) => ({ rule, step }));
  }
}

function judgeGradients({ gradients, rates }: LayerHistory): string[] {
  const last = gradients[gradients.length - 1];
  const all = (is: (rate: number) => boolean): boolean => rates.length > 0 && rates.every(is);
  return [
    ...(last < settings.vanishing || all((rate) => rate <= settings.decay) ? ["vanishing gradient"] : []),
    ...(last > settings.exploding || all((rate) => rate >= settings.growth) ? ["exploding gradient"] : []),
  ];
}

function judgeUpdates(history: LayerHistory): string[] {
  if (history.updates.length === 0) return [];
  const mean = history.updates.reduce((sum, value) => sum + value, 0) / history.updates.length;
  history.updates = [];
  const [slow, fast] = settings.logUpdate;
  return mean === 0
    ? ["untrained weights"]
    : mean > fast
      ? ["fast updates"]
      : mean < slow
        ? ["slow updates"]
        : [];
}

function judgeActivations({ activation, units }: LayerObservation, { batches }: LayerHistory): string[] {
  if (activation === null) return [];
  const total = (of: (batch: BatchSums) => number): number =>
    batches.reduce((sum, batch) => sum + of(batch), 0);
  const examples = total((batch) => batch.examples);
  const unitsWhere = (is: (unit: number) => boolean): number =>
    Array.from({ length: units }, (_, unit) => unit).filter(is).length;
  const squashing = activation === "sigmoid" || activation === "tanh";
  const idle = squashing
    ? unitsWhere((unit) => total((batch) => batch.extremity[unit]) > settings.saturated * examples)
    : unitsWhere(
        (unit) => total((batch) => batch.tiny[unit]) > Math.ceil(settings.percentile * (examples - 1)),
      );
  const mean = total((batch) => batch.sum) / (examples * units);
  const variance = total((batch) => batch.squares) / (examples * units) - mean * mean;
  const [low, high] = settings.deviation.map((deviation) => deviation ** 2);
  const unstable = low / variance > settings.criticalF || variance / high > settings.criticalF;
  return [
    ...(idle > settings.units * units ? [squashing ? "saturated activation" : "dead activation"] : []),
    ...(unstable ? ["unstable activation"] : []),
  ];
}

function batchSums(layer: LayerObservation): BatchSums {
  const { outputs, units, activation } = layer;
  const [middle, reach] = activation === "sigmoid" ? [0.5, 0.5] : [0, 1];
  let [sum, squares] = [0, 0];
  const extremity = new Float64Array(units);
  for (let i = 0; i < outputs.length; i++) {
    sum += outputs[i];
    squares += outputs[i] * outputs[i];
    extremity[i % units] += Math.abs(outputs[i] - middle) / reach;
  }
  const tiny = countsByUnit(outputs, layer, (output) => Math.abs(output) < settings.dead);
  return { examples: outputs.length / units, sum, squares, tiny, extremity };
}

export const theDeepChecker: Rival = {
  name: "TheDeepChecker",
  source: "Ben Braiek, Khomh 2023, Testing feedforward neural networks training programs",
  begin: () => new DeepCheckerRules(),
};
