import type { Firing, Observation, Rival, Rules } from "../observation.ts";
import { EpochMeans } from "./epochs.ts";
import { allFinite, shareOf, sumOfSquares } from "./summaries.ts";

// From the paper, and from the monitor that its authors published (shiningrain/AUTOTRAINER): it looks at the end of each third epoch, at the
// gradients of one batch. What it saw of gradients it remembers, and reports it only from a share of the epochs on, and only where the accuracy
// has not come above 0.7 or moves no more; a swinging accuracy is reported otherwise.
//
// Here the batch is the last one of the epoch (theirs is the first one of the data), gradients are those of weights without biases, and accuracy
// that of training (theirs also of test data). Its test loss above 10⁵ is left out.

const settings = {
  looksEach: 3,
  beginsAt: 0.3,
  ratioVanishing: 1e-3,
  firstVanishing: 1e-4,
  ratioExploding: 70,
  zeros: 0.7,
  swing: 0.03,
  swinging: 0.2,
  improvement: 0.01,
  accuracy: 0.7,
} as const;

class AutoTrainerRules implements Rules {
  readonly #means = new EpochMeans();
  readonly #seen = { dying: false, exploding: false, vanishing: false };

  constructor(readonly epochs: number) {}

  observe(observation: Observation): readonly Firing[] {
    const { step, epoch } = observation;
    if (!this.#means.add(observation) || epoch % settings.looksEach !== 0) return [];
    return this.#judge(observation).map((rule) => ({ rule, step }));
  }

  #judge({ layers }: Observation): string[] {
    const { losses, accuracies } = this.#means;
    if (
      !allFinite(losses) ||
      layers.some(({ weight, gradient }) => !allFinite(weight) || !allFinite(gradient))
    )
      return ["exploding gradient"];
    const [first, last] = [layers[0], layers[layers.length - 1]].map(({ gradient }) =>
      Math.sqrt(sumOfSquares(gradient)),
    );
    const size = layers.reduce((sum, { gradient }) => sum + gradient.length, 0);
    const zeros = layers.reduce(
      (sum, { gradient }) => sum + gradient.length * shareOf(gradient, (value) => value === 0),
      0,
    );
    const seen = this.#seen;
    seen.vanishing ||= first / last < settings.ratioVanishing && first < settings.firstVanishing;
    seen.exploding ||= first / last > settings.ratioExploding;
    seen.dying ||= zeros / size >= settings.zeros;
    if (accuracies.length < settings.beginsAt * this.epochs) return [];
    const stalls = largestRise(accuracies) < settings.improvement;
    if (Math.max(...accuracies) < settings.accuracy || stalls) {
      if (seen.dying) return ["dying relu"];
      if (seen.exploding) return ["exploding gradient"];
      if (seen.vanishing) return ["vanishing gradient"];
      return stalls ? ["slow convergence"] : [];
    }
    return swings(accuracies) ? ["oscillating loss"] : [];
  }
}

function largestRise(values: readonly number[]): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) largest = Math.max(largest, values[i] - values[i - 1]);
  return largest;
}

/** Whether in a fifth of the epochs a peak, matched with the trough of the same number, stands out by 0.03. */
function swings(values: readonly number[]): boolean {
  const [peaks, troughs]: [number[], number[]] = [[], []];
  for (let i = 1; i < values.length - 1; i++) {
    if (values[i] >= values[i - 1] && values[i] >= values[i + 1]) peaks.push(values[i]);
    if (values[i] <= values[i - 1] && values[i] <= values[i + 1]) troughs.push(values[i]);
  }
  const count = peaks.filter((peak, k) => k < troughs.length && peak - troughs[k] >= settings.swing).length;
  return count >= settings.swinging * values.length;
}

export const autoTrainer: Rival = {
  name: "AutoTrainer",
  source:
    "Zhang, Zhai, Ma, Shen 2021, AUTOTRAINER: An automatic DNN training problem detection and repair system",
  begin: (epochs) => new AutoTrainerRules(epochs),
};
