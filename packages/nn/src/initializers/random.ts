import { ArgumentError, fromData } from "@isograd/autograd";
import type { Initializer, Slot } from "./initializer.ts";

export interface NormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** The standard deviation; default 1. */
  readonly std?: number;
}

/**
 * Draws from N(mean, std²).
 *
 * @throws ArgumentError if std is negative
 * @see torch.nn.init.normal_
 * @example
 * const weight = normal({ std: 0.02 })({ shape: [100, 100], generator: new Generator(1) });
 * std(weight); // 0.0202
 */
export function normal({ mean = 0, std = 1 }: NormalOptions = {}): Initializer {
  if (!(std >= 0))
    throw new ArgumentError("normal", "expected a standard deviation that is not negative", std);
  return (slot) => drawNormal(slot, mean, std);
}

export interface UniformOptions {
  /** Included; default 0. */
  readonly low?: number;
  /** Not included; default 1. */
  readonly high?: number;
}

/**
 * Draws from [low, high).
 *
 * @throws ArgumentError if low is above high
 * @see torch.nn.init.uniform_
 * @example
 * const weight = uniform({ low: -1, high: 3 })({ shape: [100, 100], generator: new Generator(1) });
 * [min(weight).item(), max(weight).item()]; // [-0.9994, 2.9986]
 */
export function uniform({ low = 0, high = 1 }: UniformOptions = {}): Initializer {
  if (!(low <= high)) throw new ArgumentError("uniform", "expected low ≤ high", [low, high]);
  return (slot) => drawUniform(slot, low, high);
}

export function allocateSlot({ shape, dtype }: Slot): Float32Array | Float64Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return dtype === "f64" ? new Float64Array(size) : new Float32Array(size);
}

export function drawNormal(slot: Slot, mean: number, std: number): ReturnType<Initializer> {
  const data = allocateSlot(slot);
  slot.generator.fillNormal(data);
  for (let i = 0; i < data.length; i++) data[i] = mean + std * data[i];
  return fromData(data, slot.shape);
}

export function drawUniform(slot: Slot, low: number, high: number): ReturnType<Initializer> {
  const data = allocateSlot(slot);
  slot.generator.fillUniform(data);
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * data[i];
  return fromData(data, slot.shape);
}
