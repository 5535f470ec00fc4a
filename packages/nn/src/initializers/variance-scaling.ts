import { ArgumentError, type Tensor } from "@isograd/autograd";
import { calculateGain } from "./gain.ts";
import { type Fans, type Initializer, type Slot, slotFans } from "./initializer.ts";
import { drawNormal, drawUniform } from "./random.ts";
import { drawTruncated } from "./truncated-normal.ts";

export interface GainOptions {
  /** A factor on the weights; see `calculateGain`. */
  readonly gain?: number;
}

export interface FanOptions extends GainOptions {
  /** Which fan to keep the variance over: the signal's going forward (default), or the gradient's going back. */
  readonly mode?: "fanIn" | "fanOut";
}

/** A standard deviation of gain / √fan; nothing to spread over gives 0. */
const deviation = (gain: number, fan: number): number => (fan > 0 ? gain / Math.sqrt(fan) : 0);

const byNormal = (gain: number, fan: (fans: Fans) => number): Initializer => {
  return (slot) => drawNormal(slot, 0, deviation(gain, fan(slotFans(slot))));
};

/** Uniform numbers within ±√3 standard deviations have the wanted one. */
const uniformOf = (slot: Slot, gain: number, fan: number): Tensor => {
  const bound = Math.sqrt(3) * deviation(gain, fan);
  return drawUniform(slot, -bound, bound);
};

const byUniform = (gain: number, fan: (fans: Fans) => number): Initializer => {
  return (slot) => uniformOf(slot, gain, fan(slotFans(slot)));
};

const middle = ({ fanIn, fanOut }: Fans): number => (fanIn + fanOut) / 2;

/**
 * N(0, gain² · 2/(fanIn + fanOut)).
 *
 * @see Glorot, Bengio 2010; torch.nn.init.xavier_normal_
 * @example
 * // √(2/(150 + 50)) is 0.1.
 * const weight = xavierNormal()({ shape: [150, 50], generator: new Generator(1) });
 * std(weight); // 0.1012
 */
export const xavierNormal = ({ gain = 1 }: GainOptions = {}): Initializer => byNormal(gain, middle);

/**
 * Uniform with variance gain² · 2/(fanIn + fanOut).
 *
 * @see Glorot, Bengio 2010; torch.nn.init.xavier_uniform_
 * @example
 * // √(6/(250 + 350)) is 0.1.
 * const weight = xavierUniform()({ shape: [250, 350], generator: new Generator(1) });
 * max(abs(weight)); // 0.1000
 */
export const xavierUniform = ({ gain = 1 }: GainOptions = {}): Initializer => byUniform(gain, middle);

/**
 * N(0, gain²/fan), gain √2 for ReLU by default.
 *
 * @see He et al. 2015, "Delving deep into rectifiers"; torch.nn.init.kaiming_normal_
 * @example
 * // √(2/50) is 0.2.
 * const weight = heNormal()({ shape: [200, 50], generator: new Generator(1) });
 * std(weight); // 0.2023
 */
export const heNormal = ({ gain = calculateGain("relu"), mode = "fanIn" }: FanOptions = {}): Initializer =>
  byNormal(gain, (fans) => fans[mode]);

/**
 * Uniform with variance gain²/fan, gain √2 for ReLU by default.
 *
 * @see He et al. 2015; torch.nn.init.kaiming_uniform_
 * @example
 * // √(6/600) is 0.1.
 * const weight = heUniform()({ shape: [100, 600], generator: new Generator(1) });
 * max(abs(weight)); // 0.1000
 */
export const heUniform = ({ gain = calculateGain("relu"), mode = "fanIn" }: FanOptions = {}): Initializer =>
  byUniform(gain, (fans) => fans[mode]);

/**
 * N(0, 1/fanIn), for self-normalising networks.
 *
 * @see LeCun et al. 1998, "Efficient backprop"; Klambauer et al. 2017
 * @example
 * // √(1/100) is 0.1.
 * const weight = lecunNormal()({ shape: [100, 100], generator: new Generator(1) });
 * std(weight); // 0.1011
 */
export const lecunNormal = (): Initializer => byNormal(1, ({ fanIn }) => fanIn);

/**
 * Uniform with variance 1/fanIn.
 *
 * @see LeCun et al. 1998, "Efficient backprop"
 * @example
 * // √(3/300) is 0.1.
 * const weight = lecunUniform()({ shape: [100, 300], generator: new Generator(1) });
 * max(abs(weight)); // 0.1000
 */
export const lecunUniform = (): Initializer => byUniform(1, ({ fanIn }) => fanIn);

/**
 * Uniform within ±1/√fanIn: how PyTorch's linear and convolution layers begin, weights and biases.
 *
 *
 * @example
 * // 1/√100 is 0.1.
 * const weight = fanInUniform({ shape: [200, 100], generator: new Generator(1) });
 * max(abs(weight)); // 0.1000
 */
export const fanInUniform: Initializer = (slot) => uniformOf(slot, 1 / Math.sqrt(3), slotFans(slot).fanIn);

export interface VarianceScalingOptions {
  /** What the variance of the weights is, times the fan; default 1. */
  readonly scale?: number;
  /** Which fan: that of the inputs (default), of the outputs, or their arithmetic or geometric mean. */
  readonly mode?: "fanIn" | "fanOut" | "fanAverage" | "fanGeometricAverage";
  /** Normal, uniform, or normal within two standard deviations (default), widened so that the variance is as said. */
  readonly distribution?: "truncatedNormal" | "normal" | "uniform";
}

const fansByMode = {
  fanIn: ({ fanIn }: Fans) => fanIn,
  fanOut: ({ fanOut }: Fans) => fanOut,
  fanAverage: middle,
  fanGeometricAverage: ({ fanIn, fanOut }: Fans) => Math.sqrt(fanIn * fanOut),
} as const;

/** The standard deviation of a standard normal that is cut at ±2. */
const cutDeviation = 0.8796256610342398;

const drawnWithDeviation = {
  normal: (slot: Slot, std: number) => drawNormal(slot, 0, std),
  uniform: (slot: Slot, std: number) => drawUniform(slot, -Math.sqrt(3) * std, Math.sqrt(3) * std),
  truncatedNormal: (slot: Slot, deviation: number) => {
    const std = deviation / cutDeviation;
    return std > 0
      ? drawTruncated(slot, { mean: 0, std, low: -2 * std, high: 2 * std })
      : drawNormal(slot, 0, 0);
  },
} as const;

/**
 * Draws with mean 0 and variance scale / fan: what Xavier's, He's and LeCun's initializers are cases of.
 *
 * @throws ArgumentError if scale is negative, or for a mode or distribution that there is none of
 * @see jax.nn.initializers.variance_scaling; tf.keras.initializers.VarianceScaling
 * @example
 * // He's, for the gradient: √(2/50) is 0.2.
 * const heBackward = varianceScaling({ scale: 2, mode: "fanOut", distribution: "normal" });
 * std(heBackward({ shape: [50, 200], generator: new Generator(1) })); // 0.2023
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const { scale = 1, mode = "fanIn", distribution = "truncatedNormal" } = options;
  if (!(scale >= 0))
    throw new ArgumentError("varianceScaling", "expected a scale that is not negative", scale);
  checkName("mode", fansByMode, mode);
  checkName("distribution", drawnWithDeviation, distribution);
  return (slot) =>
    drawnWithDeviation[distribution](slot, deviation(Math.sqrt(scale), fansByMode[mode](slotFans(slot))));
}

function checkName(option: string, table: object, name: string): void {
  if (Object.hasOwn(table, name)) return;
  const rule = `expected ${option} to be one of ${Object.keys(table).join(", ")}`;
  throw new ArgumentError("varianceScaling", rule, name);
}
