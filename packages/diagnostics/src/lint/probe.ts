import { ArgumentError, fromData, Generator, gradients, parameter, Tensor, tensor } from "@isograd/autograd";
import type { Loss } from "../trace/trace.ts";

/** A loss as a function of the output alone, with targets that it takes. */
export interface LossProbe {
  /** Whether the targets are classes, one a row: exclusive of each other. */
  readonly labels: boolean;
  /** The loss where the output is made of other numbers; NaN where it throws. */
  at(values: ArrayLike<number>): number;
  /** Its gradient to the output; null where it has none there. */
  gradientAt(output: Tensor): Float64Array | null;
}

/**
 * Tries a loss with synthetic targets, unless some are given: classes along axis 1, numbers of 0 and 1 in the shape of the output.
 *
 * @throws ArgumentError if it takes none of them
 */
export function probeLoss(loss: Loss, output: Tensor, given: Tensor | undefined): LossProbe {
  const generator = new Generator(0).fork("targets");
  const numbers = (): Tensor =>
    fromData(
      Float32Array.from({ length: output.size }, () => generator.integer(2)),
      output.shape,
    );
  const classes = (): Tensor => {
    const shape = output.shape.filter((_, axis) => axis !== 1);
    const size = shape.reduce((product, extent) => product * extent, 1);
    return tensor(
      Int32Array.from({ length: size }, () => generator.integer(output.shape[1])),
      { shape },
    );
  };
  const candidates: (() => Tensor)[] = [numbers];
  // A single column may be taken for labels by broadcasting alone.
  if (output.rank > 1) candidates[output.shape[1] > 1 ? "unshift" : "push"](classes);
  let reason: unknown;
  for (const make of given === undefined ? candidates : [() => given]) {
    const targets = make();
    try {
      numberOf(loss(output, targets));
    } catch (error) {
      reason = error;
      continue;
    }
    return {
      labels: targets.dtype === "i32" && targets.rank < output.rank,
      at: (values) => {
        try {
          return numberOf(loss(likeOutput(output, values), targets));
        } catch {
          return Number.NaN;
        }
      },
      gradientAt: (at) => {
        const variable = parameter(at);
        const value = loss(variable, targets);
        if (value.node === null) return null;
        return Float64Array.from(gradients(value, [variable])[0].values());
      },
    };
  }
  const message = reason instanceof Error ? `: ${reason.message}` : "";
  throw new ArgumentError(
    "lint",
    `expected a loss that takes class labels, or numbers in the shape of the output; pass targets for others${message}`,
    output.shape,
  );
}

const likeOutput = ({ shape, dtype }: Tensor, values: ArrayLike<number>): Tensor =>
  fromData(dtype === "f64" ? Float64Array.from(values) : Float32Array.from(values), shape);

function numberOf(value: Tensor): number {
  if (!(value instanceof Tensor) || value.size !== 1)
    throw new ArgumentError("lint", "expected a loss that returns one number", value);
  return value.item();
}
