import { ArgumentError } from "@isograd/autograd";

/** A factor on the weights for each nonlinearity, as the field's tables have it; leaky ReLU's depends on its slope. */
const gains = {
  linear: () => 1,
  conv1d: () => 1,
  conv2d: () => 1,
  conv3d: () => 1,
  convTranspose1d: () => 1,
  convTranspose2d: () => 1,
  convTranspose3d: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (negativeSlope: number) => Math.sqrt(2 / (1 + negativeSlope ** 2)),
  selu: () => 3 / 4,
} as const;

export type Nonlinearity = keyof typeof gains;

/**
 * The recommended factor on the weights in front of a nonlinearity, from PyTorch's table.
 *
 * A convention, not the computed gain: that is `activation.facts`, which every activation has.
 *
 * @param negativeSlope of `leakyRelu`; default 0.01
 * @throws ArgumentError for a name that the table does not have
 * @see torch.nn.init.calculate_gain
 * @example
 * calculateGain("tanh"); // 1.6667
 * calculateGain("leakyRelu", 0.2); // 1.3868
 */
export function calculateGain(nonlinearity: Nonlinearity, negativeSlope = 0.01): number {
  if (!Object.hasOwn(gains, nonlinearity)) {
    throw new ArgumentError(
      "calculateGain",
      `expected one of ${Object.keys(gains).join(", ")}`,
      nonlinearity,
    );
  }
  return gains[nonlinearity](negativeSlope);
}
