import {
  ArgumentError,
  gradients,
  graphNodes,
  IsogradError,
  NonFiniteError,
  observe,
  ShapeError,
  Tensor,
} from "@isograd/autograd";
import { aside } from "./aside.ts";
import type { ActivationUse, Contraction } from "./network.ts";
import { Recorder } from "./recorder.ts";
import { Ways } from "./ways.ts";

/** Any function of the inputs, or an object that `call` applies, such as a module. */
export type Model = ((inputs: Tensor) => Tensor) | { call(inputs: Tensor): Tensor };

/** One batch of examples: inputs [batch, ...], and what the loss compares the output with. */
export interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/** From the model's output and the targets to one number. */
export type Loss = (output: Tensor, targets: Tensor) => Tensor;

/** What is examined. */
export interface Subject {
  readonly model: Model;
  readonly batch: Batch;
  readonly loss: Loss;
}

/** A leaf that the loss depends on. */
export interface TracedLeaf {
  readonly tensor: Tensor;
  readonly gradient: Tensor;
}

/** A pass forward and backward, as the graph showed it. */
export interface Trace {
  readonly loss: number;
  /** In the order in which they ran. */
  readonly contractions: readonly Contraction[];
  readonly activations: readonly ActivationUse[];
  readonly leaves: readonly TracedLeaf[];
  /** What gradients pass between the layers. */
  readonly ways: Ways;
}

/**
 * Runs a model forward and backward once and reads its layers off the graph. No `grad` is touched, no parameter changes.
 *
 * @throws ArgumentError if model or loss return no tensor, or the loss depends on no tracked parameter; ShapeError if it has more than one
 * element; what model and loss throw
 */
export function trace(subject: Subject): Trace {
  const ways = new Ways();
  return sweepThrough(subject, ways, (loss, { contractions, activations }) => {
    const leaves = graphNodes(loss).flatMap((node) => (node.op === null ? [node.output] : []));
    if (leaves.length === 0)
      throw new ArgumentError("diagnose", "expected tracked parameters that the loss depends on", 0);
    const found = gradients(loss, leaves, keep);
    return {
      loss: loss.item(),
      contractions,
      activations,
      leaves: leaves.map((tensor, k) => ({ tensor, gradient: found[k] })),
      ways,
    };
  });
}

/**
 * The contractions of a pass with their cotangents, from the one at position `first` on: cheaper than `trace`, since no leaf's gradient is
 * computed. Empty where no gradient flows to that contraction.
 */
export function traceCotangents(subject: Subject, first: number): readonly Contraction[] {
  return sweepThrough(subject, null, (loss, { contractions }) => {
    const lowest = contractions[first];
    if (lowest === undefined || loss.node === null) return [];
    gradients(loss, [lowest.output], keep);
    return contractions;
  });
}

/** What the model computed before, outside, is not ours to free. */
const keep = { retainGraph: true } as const;

function sweepThrough<R>(
  subject: Subject,
  ways: Ways | null,
  sweep: (loss: Tensor, recorder: Recorder) => R,
): R {
  const recorder = new Recorder([subject.batch.inputs], ways);
  return aside(() => {
    const handle = observe(recorder);
    try {
      const loss = lossOf(subject);
      recorder.close();
      return sweep(loss, recorder);
    } finally {
      handle.remove();
    }
  });
}

/** @throws ArgumentError or ShapeError, naming `operation`, if a part does not fit the others */
export function lossOf({ model, batch, loss }: Subject, operation = "diagnose"): Tensor {
  const output = outputOf(model, batch.inputs, operation);
  const value = named(operation, "loss", () => loss(output, batch.targets));
  if (!(value instanceof Tensor))
    throw new ArgumentError(operation, "expected a loss that returns a tensor", value);
  if (value.size !== 1) throw new ShapeError(operation, [value.shape], "expected a loss of one element");
  return value;
}

/** @throws ArgumentError, naming `operation`, if the model returns no tensor; what the model throws */
export function outputOf(model: Model, inputs: Tensor, operation = "diagnose"): Tensor {
  const output = named(operation, "model", () =>
    typeof model === "function" ? model(inputs) : model.call(inputs),
  );
  if (!(output instanceof Tensor))
    throw new ArgumentError(operation, "expected a model that returns a tensor", output);
  return output;
}

/** Runs a part of the subject; errors of isograd's own that it throws say which part failed. */
function named<R>(operation: string, part: string, f: () => R): R {
  try {
    return f();
  } catch (error) {
    if (error instanceof IsogradError && !(error instanceof NonFiniteError)) {
      error.message = `${operation}: the ${part} failed on this batch: ${error.message}`;
    }
    throw error;
  }
}

/** @throws ArgumentError if the parts are not of the right kind; ShapeError if the batch is empty */
export function checkSubject({ model, batch, loss }: Subject, operation = "diagnose"): void {
  checkModel(model, operation);
  if (!(batch?.inputs instanceof Tensor) || !(batch.targets instanceof Tensor))
    throw new ArgumentError(operation, "expected a batch { inputs, targets } of tensors", inShort(batch));
  if (batch.inputs.size === 0)
    throw new ShapeError(operation, [batch.inputs.shape], "expected a batch with examples");
  if (typeof loss !== "function")
    throw new ArgumentError(operation, "expected a loss: a function of output and targets", loss);
}

/** @throws ArgumentError unless it is a function, or an object with `call`; a class is neither */
export function checkModel(model: Model, operation: string): void {
  const isModel =
    typeof model === "function"
      ? !isClass(model)
      : typeof (model as { call?: unknown } | null)?.call === "function";
  if (!isModel)
    throw new ArgumentError(
      operation,
      "expected a model: a function of the inputs, or a module",
      inShort(model),
    );
}

/** Nobody may replace the prototype of a class, as of a function. */
const isClass = (model: object): boolean =>
  Object.getOwnPropertyDescriptor(model, "prototype")?.writable === false;

/** A long function by its name: a message is no place for a body. */
const inShort = (value: unknown): unknown =>
  typeof value === "function" && String(value).length > 40
    ? `${isClass(value) ? "class" : "function"} ${value.name}`
    : value;
