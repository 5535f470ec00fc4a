import type { Tensor } from "@isograd/autograd";
import type { Values } from "../clipping/norms.ts";

/** Adds `decay` times the parameter to its gradient: the gradient of ½ decay ‖parameter‖². */
export function addDecay(gradient: Values, parameter: Tensor, decay: number): void {
  if (decay === 0) return;
  const held = parameter.values();
  for (let i = 0; i < gradient.length; i++) gradient[i] += decay * held[i];
}
