import { add, mul, neg, type Scalar, type ScalarLike, sub } from "@isograd/autograd";
import type { Element } from "./transform.ts";

export interface DescentOptions {
  /** Adds so much of each parameter to its gradient; default 0. */
  readonly weightDecay?: number;
  /** Climbs instead of descending; default false. */
  readonly maximize?: boolean;
}

/** What to go down along: the gradient, or its opposite, and `weightDecay` times the parameter: the gradient of ½ weightDecay ‖parameter‖² besides. */
export function descent(
  { gradient, parameter }: Element,
  { weightDecay = 0, maximize = false }: DescentOptions,
): Scalar {
  const g = maximize ? neg(gradient) : gradient;
  return weightDecay === 0 ? g : add(g, mul(weightDecay, parameter));
}

/** What a running mean becomes that keeps the share `kept` of itself, and takes the share `taken` of what is new. */
export const average = (
  kept: ScalarLike,
  past: Scalar,
  present: Scalar,
  taken: ScalarLike = typeof kept === "number" ? 1 - kept : sub(1, kept),
): Scalar => add(mul(kept, past), mul(taken, present));
