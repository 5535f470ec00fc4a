import { ArgumentError } from "@isograd/autograd";
import { factsOf, type WeightLaw, type WithFacts } from "./mean-field.ts";

export interface ResidualLaw extends WeightLaw {
  readonly blocks: number;
  /** α: what the branch is multiplied by before it is added; default 1. */
  readonly scale?: number;
  /** Products with weights in a branch, each behind the activation; default 1. */
  readonly layers?: number;
  /** Whether each branch begins with a normalisation, so that it sees a mean square of 1 whatever the stream has; default false. */
  readonly normalized?: boolean;
  /** The mean square that the stream begins with; default 1. */
  readonly q?: number;
}

/** What a stack of residual blocks does to the signal and to gradients. */
export interface ResidualFlow {
  /** The mean square of the stream, before the first block and behind each. */
  readonly lengths: readonly number[];
  /** The factor on the mean square of the stream over all blocks, going forwards. */
  readonly forwardGrowth: number;
  /** The factor on |gradient|² over all blocks, going backwards. */
  readonly backwardGrowth: number;
  /** The factor on |gradient|² of each block, first block first. */
  readonly factors: readonly number[];
}

/**
 * How signal and gradient grow in a wide network of blocks x + α f(x) at initialisation, f being layers of activation and weights.
 *
 * A block adds α² times the branch's mean square to that of the stream, and multiplies |gradient|² by 1 + α² Π χ. Without scale both double
 * in each block of critical ReLU layers; with α = 1/√blocks they grow by e in all; behind a normalisation the stream grows by a constant.
 *
 * @throws ArgumentError unless the numbers of blocks and layers are whole and not negative
 * @see Zhang, Dauphin, Ma 2019, "Fixup initialization"; De, Smith 2020, "Batch normalization biases residual blocks towards the identity function"
 * @example
 * residualFlow(relu, { weightVariance: 2, blocks: 10 }).backwardGrowth; // 1024
 * residualFlow(relu, { weightVariance: 2, blocks: 10, scale: Math.sqrt(1 / 10) }).backwardGrowth; // 2.5937
 */
export function residualFlow(activation: WithFacts, law: ResidualLaw): ResidualFlow {
  const { weightVariance, biasVariance = 0, blocks, scale = 1, layers = 1, normalized = false, q = 1 } = law;
  const facts = factsOf("residualFlow", activation);
  for (const count of [blocks, layers])
    if (!(Number.isInteger(count) && count >= 0))
      throw new ArgumentError("residualFlow", "expected whole numbers of blocks and layers", count);
  const lengths = [q];
  const factors: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const stream = lengths[block];
    let [inner, slope] = normalized ? [1, 1 / stream] : [stream, 1];
    for (let layer = 0; layer < layers; layer++) {
      slope *= facts.chi(weightVariance, inner);
      inner = facts.lengthMap(inner, weightVariance, biasVariance);
    }
    lengths.push(stream + scale ** 2 * inner);
    factors.push(1 + scale ** 2 * slope);
  }
  return {
    lengths,
    forwardGrowth: lengths[blocks] / q,
    backwardGrowth: factors.reduce((product, factor) => product * factor, 1),
    factors,
  };
}
