import { ShapeError } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { chunk } from "../ops/movement/split.ts";
import { normalizeAxis } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Activation } from "./define.ts";
import { gelu, silu } from "./gated-linear.ts";
import { sigmoid } from "./sigmoidal.ts";

/** A function of whole tensors that stands where an activation stands, without scalar facts. */
export interface Composite {
  (x: Tensor, axis?: number): Tensor;
  readonly name: string;
}

/** Half of an axis times an activation of the other half. */
export interface Gate extends Composite {
  /** What opens the gate. */
  readonly activation: Activation;
}

/**
 * The first half of an axis (default the last) times the activation of the second half: half the extent comes out.
 *
 * @see Shazeer 2020, "GLU variants improve transformer"
 * @example
 * defineGate("reglu", relu)(tensor([1, 2, -3, 4])); // [0, 8]
 * geglu.activation === gelu; // true
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineGate(name: string, activation: Activation): Gate {
  const gate = (x: Tensor, axis = -1): Tensor => {
    const at = normalizeAxis(name, axis, x.rank);
    if (x.shape[at] % 2 !== 0) throw new ShapeError(name, [x.shape], `expected an even extent at axis ${at}`);
    const [value, opening] = chunk(x, 2, at);
    return mul(value, activation(opening));
  };
  return Object.defineProperties(gate, {
    name: { value: name },
    activation: { value: activation },
  }) as unknown as Gate;
}

/**
 * Gated linear unit: a σ(b).
 *
 * @see Dauphin et al. 2017; torch.nn.functional.glu
 * @example
 * glu(tensor([2, 4, 0, 1])); // [1, 2.9242]
 * glu(tensor([[2, 4], [0, 1]]), 0); // [[1, 2.9242]]
 */
export const glu: Gate = /* @__PURE__ */ defineGate("glu", sigmoid);

/**
 * a silu(b).
 *
 * @see Shazeer 2020, "GLU variants improve transformer"
 * @example
 * swiglu(tensor([2, 4, 0, 1])); // [0, 2.9242]
 */
export const swiglu: Gate = /* @__PURE__ */ defineGate("swiglu", silu);

/**
 * a gelu(b).
 *
 * @see Shazeer 2020, "GLU variants improve transformer"
 * @example
 * geglu(tensor([2, 4, 0, 1])); // [0, 3.3654]
 */
export const geglu: Gate = /* @__PURE__ */ defineGate("geglu", gelu);
