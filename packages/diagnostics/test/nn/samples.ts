import { relu, tanh, tensor } from "@isograd/autograd";
import type { Batch, Remedy } from "@isograd/diagnostics";
import { insertBatchNorm, type OptimizerFactory, type Treatment } from "@isograd/diagnostics/nn";
import { Adam, Linear, Residual, Sequential, Softmax } from "@isograd/nn";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";

/** Exploding: ReLU with twice He's deviation. */
export const exploding = (options: Partial<Plain> = {}): Sequential =>
  plain({ width: 16, depth: 14, activation: relu, weights: 8, seed: "remedies", ...options });

/** Classes that can be told apart: by which of the first inputs is the largest. */
export function learnable(seed: string, examples = 32): Batch {
  const { inputs } = classes({ seed, examples });
  const firsts = (inputs.toArray() as number[][]).map((row) => row.slice(0, 4));
  return { inputs, targets: tensor(Int32Array.from(firsts, (row) => row.indexOf(Math.max(...row)))) };
}

export const optimizer: OptimizerFactory = ({ model }) =>
  new Adam(model.parameters(), { learningRate: 5e-3 });

/** Products with weights and nothing between them. */
export const linear = (): Sequential =>
  new Sequential(exploding({ depth: 4 }).layers.filter((layer) => layer instanceof Linear));

/** A network that the remedy applies to. */
export function patientFor({ name, measure }: Remedy<Treatment>): Sequential {
  const model = exploding({ depth: 4 });
  if (name === "residual scale")
    model.layers.splice(2, 0, new Residual({ inner: relu }), new Residual({ inner: tanh }));
  if (name.startsWith("no batch normalization")) insertBatchNorm(model);
  if (name.startsWith("activations")) return linear();
  if (measure === "output") model.layers.push(new Softmax());
  return model;
}

/** A remedy against gradients of the wrong size that does `apply`. */
export const remedyThat = (
  apply: (treatment: Treatment) => void,
  change: Partial<Remedy<Treatment>> = {},
): Remedy<Treatment> => ({
  name: "a remedy",
  cures: ["exploding", "vanishing"],
  code: "",
  measure: "flow",
  apply,
  ...change,
});

/** The bits of all that a model holds. */
export const bitsOf = (model: Sequential): unknown[] =>
  [...model.namedParameters(), ...model.namedBuffers()].map(({ path, tensor: held }) => [
    path,
    held.values().slice(),
  ]);
