import {
  ArgumentError,
  Generator,
  IsogradError,
  mul,
  type Node,
  noGrad,
  randn,
  type Shape,
  sum,
  type Tensor,
} from "@isograd/autograd";
import { cloneOf } from "../diagnose.ts";
import { type Model, outputOf, type Trace, trace } from "../trace/trace.ts";

export interface SyntheticOptions {
  /** Draws inputs of a shape; default from N(0, 1), as standardised data are. For a model that takes indices, such as a table of words. */
  readonly inputs?: (generator: Generator, shape: Shape) => Tensor;
  /** Of the inputs and of the gradient at the output; default 0. */
  readonly seed?: number | string;
}

/** A pass over synthetic inputs, and back from a gradient at the output that was drawn at random. */
export interface SyntheticPass {
  readonly traced: Trace;
  readonly inputs: Tensor;
  readonly output: Tensor;
  /** The operation that made the output; null where no gradient is tracked. */
  readonly end: Node | null;
  /** The same model on other inputs, with the weights as they are by then. */
  readonly outputFor: (inputs: Tensor) => Tensor;
}

/**
 * Runs a model once on synthetic inputs. Where it does not take `shape` as [batch, ...], the shape is that of one example.
 *
 * @param exact whether the batch has to be as large as it says
 * @throws what the model throws for `shape` as it stands, if it takes neither
 */
export function passThrough(
  model: Model,
  shape: Shape,
  { inputs = (generator, wanted) => randn(generator, wanted), seed = 0 }: SyntheticOptions,
  exact: boolean,
): SyntheticPass {
  let first: unknown;
  for (const batch of exact ? [shape] : [enough(shape), [batchSize, ...shape]]) {
    const generator = new Generator(seed).fork("lint");
    try {
      return pass(model, inputs(generator.fork("inputs"), batch), generator);
    } catch (error) {
      if (!(error instanceof IsogradError)) throw error;
      error.message = error.message.replace(/^diagnose:/, "lint:"); // whose tracer ran
      first ??= error;
    }
  }
  throw first;
}

/** Enough for means over the batch; a prime, so that no other extent is like to be taken for it. */
const batchSize = 37;

/** Of rows, and of single examples, more: what is said shall not hang on a few. */
function enough(shape: Shape): Shape {
  const [batch, ...rest] = shape;
  return batch === 1 || (shape.length === 2 && batch < batchSize) ? [batchSize, ...rest] : shape;
}

function pass(model: Model, inputs: Tensor, generator: Generator): SyntheticPass {
  let output: Tensor | undefined;
  const clone = cloneOf(model);
  const traced = trace({
    model: clone,
    batch: { inputs, targets: inputs },
    loss: (result) => {
      output = result;
      return sum(mul(result, randn(generator.fork("probe"), result.shape, result.dtype as "f32" | "f64")));
    },
  });
  const made = output as unknown as Tensor;
  return {
    traced,
    inputs,
    output: made.detach(),
    end: made.node,
    outputFor: (others) => noGrad(() => outputOf(clone, others, "lint")).detach(),
  };
}

/** @throws ArgumentError unless it is a list of positive whole numbers */
export function checkShape(shape: Shape): void {
  const ok =
    Array.isArray(shape) &&
    shape.length > 0 &&
    shape.every((extent) => Number.isInteger(extent) && extent > 0);
  if (!ok)
    throw new ArgumentError("lint", "expected an input shape [batch, ...] of positive whole numbers", shape);
}
