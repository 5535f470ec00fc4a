import { div, logSoftmax, mul, softmax, square, sub, sum, type Tensor } from "@isograd/autograd";
import { SecondOrderOptimizer, type SecondOrderOptions, type SecondOrderState } from "./second-order.ts";

/** How far the distribution that outputs stand for is from that of a reference: one number, 0 where they are the same. */
export type Divergence = (outputs: Tensor, reference: Tensor) => Tensor;

export interface NaturalGradientOptions extends SecondOrderOptions {
  /** Says what the outputs stand for; its second derivatives at the reference are the Fisher information of the outputs. */
  readonly divergence: Divergence;
}

/**
 * Steps by the Fisher information: along the natural gradient, which is the same however the distributions are parametrized.
 *
 * @throws ArgumentError if an option is negative
 * @see Amari 1998, "Natural gradient works efficiently in learning"; Martens 2020, "New insights and perspectives on the natural gradient method"
 * @example
 * const options = { divergence: categoricalDivergence, damping: 0.01, lineSearch: backtracking() };
 * const optimizer = new NaturalGradient(model.parameters(), options);
 * const problem = { outputs: () => model.call(inputs), loss: (logits: Tensor) => crossEntropy(logits, labels) };
 * for (let step = 0; step < 10; step++) optimizer.step(problem);
 * accuracy(model.call(inputs), labels); // 1
 */
export class NaturalGradient extends SecondOrderOptimizer {
  readonly #divergence: Divergence;

  constructor(parameters: Iterable<Tensor>, options: NaturalGradientOptions, state?: SecondOrderState) {
    super("NaturalGradient", parameters, options, state);
    this.#divergence = options.divergence;
  }

  /** How it was made: what checkpoints compare. */
  get settings(): unknown {
    return { optimizer: "NaturalGradient", ...this.options };
  }

  protected measure(_: unknown, outputs: Tensor): (outputs: Tensor) => Tensor {
    return (moved) => this.#divergence(moved, outputs);
  }

  cloneFor(parameters: Iterable<Tensor>): NaturalGradient {
    const options = { ...this.options, divergence: this.#divergence };
    return new NaturalGradient(parameters, options, structuredClone(this.state));
  }
}

const rows = ({ shape, rank }: Tensor): number => (rank < 2 ? 1 : Math.max(shape[0] as number, 1));

/**
 * The divergence of Kullback and Leibler of classes by logits [rows, ..., classes], averaged over the rows.
 *
 * @example
 * categoricalDivergence(tensor([[0, 0]]), tensor([[100, 0]])); // 0.6931
 */
export const categoricalDivergence: Divergence = (logits, reference) => {
  const apart = sub(logSoftmax(reference, -1), logSoftmax(logits, -1));
  return div(sum(mul(softmax(reference, -1), apart)), rows(logits));
};

/**
 * That of normal distributions of variance 1 by their means [rows, ...], averaged over the rows.
 *
 * @example
 * normalDivergence(tensor([[1]]), tensor([[3]])); // 2
 */
export const normalDivergence: Divergence = (means, reference) =>
  div(sum(square(sub(means, reference))), 2 * rows(means));
