import type { Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";

/** A fresh row-major copy of a gradient, for transforms to overwrite. */
export function copyGradient(gradient: Tensor): Values {
  const values = gradient.values() as Values;
  return values.buffer === gradient.data.buffer ? values.slice() : values;
}
