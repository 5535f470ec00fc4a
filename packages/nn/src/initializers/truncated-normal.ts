import {
  ArgumentError,
  add,
  cast,
  clamp,
  fromData,
  mul,
  ndtr,
  ndtri,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import type { Initializer, Slot } from "./initializer.ts";
import { allocateSlot } from "./random.ts";

export interface TruncatedNormalOptions {
  /** Of the normal distribution before it is cut; default 0. */
  readonly mean?: number;
  /** Of the normal distribution before it is cut; default 1. */
  readonly std?: number;
  /** The smallest value; default -2. */
  readonly low?: number;
  /** The largest value; default 2. */
  readonly high?: number;
}

/**
 * Draws from N(mean, std²) what falls into [low, high], a range far out in a tail included.
 *
 * @throws ArgumentError unless std is positive and low below high
 * @see torch.nn.init.trunc_normal_
 * @example
 * const weight = truncatedNormal({ std: 0.02, low: -0.04, high: 0.04 })({ shape: [100, 100], generator: new Generator(1) });
 * [min(weight).item(), max(weight).item()]; // [-0.0400, 0.0399]
 */
export function truncatedNormal(options: TruncatedNormalOptions = {}): Initializer {
  const { mean = 0, std = 1, low = -2, high = 2 } = options;
  if (!(std > 0)) throw new ArgumentError("truncatedNormal", "expected a positive standard deviation", std);
  if (!(low < high)) throw new ArgumentError("truncatedNormal", "expected low < high", [low, high]);
  return (slot) => drawTruncated(slot, { mean, std, low, high });
}

/** By the inverse of the distribution function, in double precision: one draw an element, none rejected. */
export function drawTruncated(slot: Slot, options: Required<TruncatedNormalOptions>): Tensor {
  const { mean, std, low, high } = options;
  const bounds = [(low - mean) / std, (high - mean) / std];
  // The distribution function has its digits in the left tail only.
  const mirrored = bounds[0] > 0;
  const ends = mirrored ? [-bounds[1], -bounds[0]] : bounds;
  const [from, to] = ndtr(tensor(ends, { dtype: "f64" })).values();
  const data = allocateSlot({ ...slot, dtype: "f64" });
  slot.generator.fillUniform(data);
  for (let i = 0; i < data.length; i++) data[i] = from + (to - from) * data[i];
  const drawn = add(mul(ndtri(fromData(data, slot.shape)), mirrored ? -std : std), mean);
  return cast(clamp(drawn, low, high), slot.dtype ?? "f32");
}
