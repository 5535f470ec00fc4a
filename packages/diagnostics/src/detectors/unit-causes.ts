import { graphNodes, type Node, noGrad, reshape, sub, type Tensor } from "@isograd/autograd";
import type { Cause } from "../finding.ts";
import { meanOf, sumOfSquares } from "../statistics.ts";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { short } from "../words.ts";

/** Why the units of a layer lie where their activation is flat: its biases, what comes in, or its weights. */
export function unitCause({ contraction, activation }: ActivationUse): Cause {
  const side = `the flat side of ${activation.name}`;
  if (contraction === null)
    return cause("data", `the values that ${activation.name} is applied to lie on ${side}`);
  const { spread, bias, input, weights } = scalesOf(contraction);
  if (weights === 0) {
    return cause(
      "weights",
      `all weights of ${contraction.place} are zero: every example gives the same values, and they lie on ${side}`,
    );
  }
  if (Math.abs(bias) > spread) {
    return cause(
      "bias",
      `the biases average ${short(bias)} where the weighted sums vary by ±${short(spread)}: they hold the units on ${side}`,
    );
  }
  if (input > Math.max(weights, 1) && contraction.below === null && contraction.signal.requiresGrad) {
    const { signal, place } = contraction;
    const table = largestLeaf(signal);
    const size = `what comes into ${place} has a root mean square of ${short(input)}`;
    return table !== null && table.size > Math.max(weights, 1)
      ? cause(
          "weights",
          `${size}, for the parameters${table.place === "" ? "" : ` of ${table.place}`} that it is made of have one of ${short(table.size)}: they make weighted sums of ${short(spread)}, on ${side}`,
        )
      : cause("operation", `${size}, which makes weighted sums of ${short(spread)}: they lie on ${side}`);
  }
  if (input > Math.max(weights, 1)) {
    const from =
      contraction.below === null ? "the inputs have" : `what comes in from ${contraction.below.place} has`;
    return cause(
      contraction.below === null ? "data" : "operation",
      `${from} a root mean square of ${short(input)}, which makes weighted sums of ${short(spread)}: they lie on ${side}`,
    );
  }
  return cause(
    "weights",
    `the pre-activations have a root mean square of ${short(spread)}: the weights push them onto ${side}`,
  );
}

const cause = (part: Cause["part"], explanation: string): Cause => ({
  part,
  logShare: Number.NaN,
  explanation,
});

/** Of the parameters that a signal is made of in front of all layers, such as a table of words, the largest by root mean square; null where the graph is gone. */
function largestLeaf(signal: Tensor): { readonly size: number; readonly place: string } | null {
  let largest: { readonly size: number; readonly place: string } | null = null;
  for (const { op, output, scope } of graphNodes(signal)) {
    if (op !== null) continue;
    const size = Math.sqrt(sumOfSquares(output) / output.size);
    if (largest === null || size > largest.size) largest = { size, place: scope };
  }
  return largest;
}

/** Root mean squares of the weighted sums, of what comes in, and of the weights times √fanIn; the mean of the biases. */
function scalesOf({ node, output, withBias, signal, weight, fanIn, bias }: Contraction) {
  const sums = withBias && bias !== null ? noGrad(() => sub(output, alongUnits(bias, output, node))) : output;
  return {
    spread: Math.sqrt(sumOfSquares(sums) / sums.size),
    input: Math.sqrt(sumOfSquares(signal) / signal.size),
    weights: Math.sqrt((sumOfSquares(weight) / weight.size) * fanIn),
    bias: bias === null ? 0 : meanOf(bias.values()),
  };
}

/** One number a unit, where the output of a contraction has its units: behind the batch if its cotangent has to be arranged for a product, else last. */
function alongUnits(bias: Tensor, output: Tensor, { op }: Node): Tensor {
  if (typeof op?.contraction !== "function") return bias;
  return reshape(bias, [bias.size, ...output.shape.slice(2).map(() => 1)]);
}
