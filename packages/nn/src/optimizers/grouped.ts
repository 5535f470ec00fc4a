import { ArgumentError } from "@isograd/autograd";
import type { Part } from "./links.ts";
import { planned } from "./plan.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * A transform for each group of parameters: the first for the first `count` parameters, and so on. Its state is the list of theirs.
 *
 * @throws ArgumentError unless the counts are whole, and sum up to the number of parameters
 * @see optax.multi_transform
 * @example
 * const [weights, biases] = [[parameter([[1]])], [parameter([1])]];
 * const each = grouped(
 *   { count: weights.length, transform: sgd({ learningRate: 0.1, weightDecay: 0.5 }) },
 *   { count: biases.length, transform: sgd({ learningRate: 0.1 }) },
 * );
 * const optimizer = new Optimizer([...weights, ...biases], chain(clipByGlobalNorm(1), each));
 * weights[0].grad = tensor([[0]]);
 * biases[0].grad = tensor([0.2]);
 * optimizer.step();
 * [weights[0].item(), biases[0].item()]; // [0.95, 0.98]
 */
export function grouped(...parts: readonly Part[]): GradientTransform<unknown[]> {
  for (const { count } of parts) {
    if (!Number.isInteger(count) || count < 0)
      throw new ArgumentError("grouped", "expected whole numbers of parameters", count);
  }
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return planned(
    (parameters) => {
      if (parameters.length !== total)
        throw new ArgumentError("grouped", `expected ${total} parameters`, parameters.length);
      let from = 0;
      return parts.map(({ count, transform }) => {
        from += count;
        return transform.init(parameters.slice(from - count, from));
      });
    },
    { parts },
  );
}
