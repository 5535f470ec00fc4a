import { ArgumentError, enableGrad, gradients, graphNodes, observe, ShapeError, Tensor } from "@isograd/autograd";
import type { ActivationUse, Contraction } from "./network.ts";
import { Recorder } from "./recorder.ts";

/** Any function of the inputs, or an object that `call` applies, such as a module. */
export type Model = ((inputs: Tensor) => Tensor) | { call(inputs: Tensor): Tensor };

/** One batch of examples: inputs [batch, ...], and what the loss compares the output with. */
export interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** From the model's output and the targets to one number. */
export type Loss = (output: Tensor, targets: Tensor) => Tensor;

/** One pass forward and backward, as the graph showed it. */
export interface Trace {
  readonly loss: number;
  /** In the order in which they ran. */
  readonly contractions: readonly Contraction[];
  readonly activations: readonly ActivationUse[];
  /** The leaves that the loss depends on, with their gradients. */
  readonly leaves: readonly { readonly tensor: Tensor; readonly gradient: Tensor }[];
}

export function applyModel(model: Model, inputs: Tensor): Tensor {
  return typeof model === "function" ? model(inputs) : model.call(inputs);
}

/**
 * Runs a model forward and backward once and reads its layers off the graph. No `grad` is touched, no parameter changes.
 *
 * @throws ArgumentError if the batch is empty or the model has no parameter that the loss depends on
 */
export function trace(model: Model, batch: Batch, loss: Loss): Trace {
  if (!(batch?.inputs instanceof Tensor)) throw new ArgumentError("diagnose", "expected a batch { inputs, targets } of tensors", batch);
  if (batch.inputs.size === 0) throw new ArgumentError("diagnose", "expected a batch with examples", "an empty one");
  const recorder = new Recorder([batch.inputs]);
  const handle = observe(recorder);
  try {
    return enableGrad(() => {
      const value = loss(applyModel(model, batch.inputs), batch.targets);
      if (value.size !== 1) throw new ShapeError("diagnose", [value.shape], "expected a loss of one element");
      const leaves = graphNodes(value).flatMap((node) => (node.op === null ? [node.output] : []));
      if (leaves.length === 0) throw new ArgumentError("diagnose", "expected a loss that depends on tracked parameters", "none");
      const found = gradients(value, leaves);
      return {
        loss: value.item(),
        contractions: recorder.contractions,
        activations: recorder.activations,
        leaves: leaves.map((tensor, k) => ({ tensor, gradient: found[k] })),
      };
    });
  } finally {
    handle.remove();
  }
}
