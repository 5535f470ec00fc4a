import type { Firing, LayerObservation, Observation, Rival, Rules } from "../observation.ts";
import { allFinite, countsByUnit, meanAbsolute, variance } from "./summaries.ts";

// The built-in rules with the defaults of the developer guide's "List of Debugger built-in rules". They see saved steps only: each 500th
// unless the user asks for more, as the guide does for the ratio of updates. So the tool is here twice, as it comes and at every step. Where it
// is told of some steps only, it sees the first one that it is told of from each five hundredth on.
//
// Where the guide is silent: a unit's activity is its share of the examples of the batch at that step; the ratio of updates is that of mean
// absolute values. Left out, as almost any healthy run would be reported: the rule that the loss must have fallen after ten steps, and that the
// middle 90 % of a gradient must be wider than 0.001.

interface LayerRule {
  readonly rule: string;
  fires(layer: LayerObservation): boolean;
}

const inputsOf = {
  tanh: [-9.4999, 9.4999],
  sigmoid: [-23, 16.99999],
} as const;

const layerRules: readonly LayerRule[] = [
  { rule: "vanishing gradient", fires: ({ gradient }) => meanAbsolute(gradient) < 1e-7 },
  {
    rule: "exploding tensor",
    fires: ({ weight, gradient, outputs }) => ![weight, gradient, outputs].every(allFinite),
  },
  {
    rule: "dead relu",
    fires: (layer) =>
      layer.activation === "relu" && mostlyInactive(layer, layer.outputs, (output) => output > 0),
  },
  {
    rule: "saturated activation",
    fires: (layer) => {
      if (layer.activation !== "tanh" && layer.activation !== "sigmoid") return false;
      const [low, high] = inputsOf[layer.activation];
      return mostlyInactive(layer, layer.preActivations, (input) => input > low && input < high);
    },
  },
  {
    rule: "weight update ratio",
    fires: ({ weight, update }) => {
      const ratio = meanAbsolute(update) / (meanAbsolute(weight) + 1e-9);
      return ratio > 10 || ratio < 1e-8;
    },
  },
];

/** Whether more than half of the units are active for less than a hundredth of the examples. */
function mostlyInactive(
  layer: LayerObservation,
  values: ArrayLike<number>,
  active: (value: number) => boolean,
): boolean {
  const examples = values.length / layer.units;
  const inactive = countsByUnit(values, layer, active).filter((count) => count < 0.01 * examples).length;
  return inactive > 0.5 * layer.units;
}

/** How many steps the rule of initialisation looks at. */
const initialSteps = 10;

/** Whether what activations take varies ten times as much in one layer as in another. */
function unevenInputs({ step, layers }: Observation): boolean {
  if (step >= initialSteps) return false;
  const variances = layers
    .filter(({ activation }) => activation === "relu")
    .map(({ preActivations }) => variance(preActivations));
  return variances.length > 1 && Math.max(...variances) / Math.min(...variances) > 10;
}

class SageMakerRules implements Rules {
  /** The next step to be saved. */
  #due = 0;

  constructor(readonly interval: number) {}

  observe(observation: Observation): readonly Firing[] {
    const { step, layers } = observation;
    if (step < this.#due) return [];
    this.#due = this.interval * (Math.floor(step / this.interval) + 1);
    const rules = layerRules.filter(({ fires }) => layers.some(fires)).map(({ rule }) => rule);
    if (unevenInputs(observation)) rules.push("poor weight initialization");
    return rules.map((rule) => ({ rule, step }));
  }
}

const savedEach = (interval: number, name: string): Rival => ({
  name,
  source: "Amazon SageMaker developer guide, List of Debugger built-in rules; Rauschmayr et al. 2021",
  begin: () => new SageMakerRules(interval),
});

/** As it comes. */
export const sageMakerDebugger = savedEach(500, "SageMaker Debugger");

/** With all steps saved. */
export const sageMakerDebuggerEachStep = savedEach(1, "SageMaker Debugger, each step");
