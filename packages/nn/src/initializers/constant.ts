import { ArgumentError, full } from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";

/**
 * The same value everywhere.
 *
 * @see torch.nn.init.constant_
 * @example
 * new Linear({ inFeatures: 3, outFeatures: 1, weightInit: constant(0.5) }).weight; // [[0.5, 0.5, 0.5]]
 */
export function constant(value: number): Initializer {
  if (typeof value !== "number") throw new ArgumentError("constant", "expected a number", value);
  return ({ shape, dtype }) => full(shape, value, dtype);
}

/**
 * 0 everywhere.
 *
 * @see torch.nn.init.zeros_
 * @example
 * new Linear({ inFeatures: 3, outFeatures: 1, weightInit: zeros }).weight; // [[0, 0, 0]]
 */
export const zeros: Initializer = ({ shape, dtype }) => full(shape, 0, dtype);

/**
 * 1 everywhere.
 *
 * @see torch.nn.init.ones_
 * @example
 * new Linear({ inFeatures: 3, outFeatures: 1, weightInit: ones }).weight; // [[1, 1, 1]]
 */
export const ones: Initializer = ({ shape, dtype }) => full(shape, 1, dtype);
