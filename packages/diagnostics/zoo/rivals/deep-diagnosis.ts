import type { Firing, LayerObservation, Observation, Rival, Rules } from "../observation.ts";
import { EpochMeans } from "./epochs.ts";
import { mean, meanAbsolute, shareOf } from "./summaries.ts";

// From the paper, and from the callback that its authors published (DeepDiagnosis/ICSE2022): it looks at the end of each epoch, at one batch;
// at what stays the same, and at saturation, each fifth; at dead units after the last.
//
// Here the batch is the last one of the epoch (theirs is the first one of the data). Left out: that an accuracy of 0 is invalid, and that
// targets lie outside the range of the last activation, of which an observation says nothing.

const settings = {
  vanishing: 1e-7,
  dead: 0.7,
  input: 5,
  saturated: 0.5,
  looksEach: 5,
  accuracyEach: 20,
} as const;

const quantities = ["outputs", "weight", "gradient"] as const;

class DeepDiagnosisRules implements Rules {
  readonly #epochs = new EpochMeans();
  /** Of each epoch, the mean of each quantity of each layer. */
  readonly #means: number[][] = [];

  constructor(readonly epochs: number) {}

  observe(observation: Observation): readonly Firing[] {
    if (!this.#epochs.add(observation)) return [];
    const { step, epoch, layers } = observation;
    this.#means.push(layers.flatMap((layer) => quantities.map((quantity) => mean(layer[quantity]))));
    const { losses, accuracies } = this.#epochs;
    const fired = {
      "numerical error": this.#means[this.#means.length - 1].some(
        (value) => value === 0 || !Number.isFinite(value),
      ),
      "vanishing gradient": layers.some(({ gradient }) => meanAbsolute(gradient) < settings.vanishing),
      "dead node": epoch === this.epochs - 1 && layers.some(isDead),
      "saturated activation": this.#each(settings.looksEach) && layers.some(isSaturated),
      "unchanged tensor": this.#each(settings.looksEach) && this.#unchanged(layers.length),
      "loss not decreasing": this.#each(settings.looksEach) && isConstant(losses.slice(-settings.looksEach)),
      "accuracy not increasing":
        this.#each(settings.accuracyEach) && isConstant(accuracies.slice(-settings.accuracyEach)),
      "invalid loss": !Number.isFinite(losses[losses.length - 1]),
    };
    return Object.entries(fired).flatMap(([rule, fires]) => (fires ? [{ rule, step }] : []));
  }

  #each(count: number): boolean {
    return this.#means.length % count === 0;
  }

  /** Whether some mean was the same in each of the last epochs. What the last layer gives is not asked. */
  #unchanged(layers: number): boolean {
    const last = this.#means.slice(-settings.looksEach);
    const output = (layers - 1) * quantities.length;
    return last[0].some((_, k) => k !== output && isConstant(last.map((means) => means[k])));
  }
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** The activations whose dead units it looks for. */
const rectifying: readonly (string | null)[] = ["relu", "exponential"];

const isDead = ({ activation, outputs }: LayerObservation): boolean =>
  rectifying.includes(activation) && shareOf(outputs, (output) => output <= 0) >= settings.dead;

const isSaturated = ({ activation, preActivations }: LayerObservation): boolean =>
  (activation === "sigmoid" || activation === "tanh") &&
  shareOf(preActivations, (input) => Math.abs(input) >= settings.input) > settings.saturated;

export const deepDiagnosis: Rival = {
  name: "DeepDiagnosis",
  source:
    "Wardat, Cruz, Le, Rajan 2022, DeepDiagnosis: Automatically diagnosing faults and recommending actionable fixes in deep learning programs",
  begin: (epochs) => new DeepDiagnosisRules(epochs),
};
