import { ArgumentError, sigmoid } from "@isograd/autograd";
import { ActivationLayer, type Layer, LogSoftmax, type Module, Sequential } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";

/**
 * Puts another function behind the last layer with weights: in place of what is there, if anything is.
 *
 * @param activation null: nothing, the loss applies its own
 * @throws ArgumentError unless the model is a `Sequential` that would change
 * @example
 * const classifier = new Sequential([new Linear({ inFeatures: 4, outFeatures: 3 }), new Softmax()]);
 * changeOutput(classifier, null);
 * classifier.layers.length; // 1
 */
export function changeOutput(model: Module, activation: Layer | null): void {
  const layers = outermost(model);
  const last = layers.findLastIndex((layer) => typeof layer !== "function" && layer.parameters().length > 0);
  const present = layers.length - 1 - last;
  if (last < 0 || present > 1 || (present === 0 && activation === null))
    throw new ArgumentError("changeOutput", "expected an output that can be changed", model);
  layers.splice(last + 1, present, ...(activation === null ? [] : [activation]));
}

/** The layers that end with the output. */
function outermost(model: Module): Layer[] {
  let at: Layer = model;
  while ((at as object) instanceof Sequential) {
    const { layers } = at as Sequential;
    const last = layers.at(-1);
    if (!(last instanceof Sequential)) return layers;
    at = last;
  }
  throw new ArgumentError("changeOutput", "expected a Sequential", model);
}

/**
 * Another output: none in front of a loss that applies its own, or what a loss of probabilities or their logarithms takes.
 *
 * @example
 * fitOutput().map(({ name }) => name); // ["output: linear", "output: sigmoid", "output: logSoftmax"]
 */
export function fitOutput(): Remedy<Treatment>[] {
  return [
    output("linear", "null", () => null),
    output("sigmoid", "new ActivationLayer(sigmoid)", () => new ActivationLayer(sigmoid)),
    output("logSoftmax", "new LogSoftmax({ axis: 1 })", () => new LogSoftmax({ axis: 1 })),
  ];
}

const output = (name: string, call: string, make: () => Layer | null): Remedy<Treatment> => ({
  name: `output: ${name}`,
  cures: ["mismatched"],
  code: `changeOutput(model, ${call});`,
  measure: "output",
  suits: ({ fault }) => fault === "mismatched",
  apply: ({ model }) => changeOutput(model, make()),
});
