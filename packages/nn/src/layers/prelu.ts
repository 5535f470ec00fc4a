import { full, parameter, prelu, reshape, ShapeError, type Tensor } from "@isograd/autograd";
import { constant } from "../initializers/constant.ts";
import type { Initial } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";

export interface PReLUOptions {
  /** One slope for all (1), or one for each of so many channels (axis 1); default 1. */
  readonly numParameters?: number;
  /** What slopes begin with; default 0.25. */
  readonly init?: number;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * x above 0, a learnt slope times x below. What it learns is best left out of weight decay.
 *
 * Any shape -> the same, with `numParameters` channels on axis 1 if there are several; weight [numParameters].
 *
 * @throws ShapeError when called, if the channels do not fit
 * @see He et al. 2015, "Delving deep into rectifiers"; torch.nn.PReLU
 * @example
 * new PReLU({ numParameters: 2 }).call(tensor([[-1, 4]])); // [[-0.25, 4]]
 */
export class PReLU extends Module {
  readonly weight: Tensor;
  readonly init: number;

  constructor({ numParameters = 1, init = 0.25, dtype = "f32" }: PReLUOptions = {}) {
    super();
    this.init = init;
    this.weight = parameter(full([checkExtent("PReLU", "numParameters", numParameters)], init, dtype));
  }

  forward(x: Tensor): Tensor {
    const { weight } = this;
    const channels = weight.size;
    if (channels === 1) return prelu(x, reshape(weight, [])) as Tensor;
    if (x.shape[1] !== channels)
      throw new ShapeError("PReLU", [x.shape], `expected [batch, ${channels}, ...]`);
    return prelu(x, reshape(weight, [channels, ...x.shape.slice(2).map(() => 1)])) as Tensor;
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { shape, dtype } = this.weight;
    return {
      weight: { role: "fixed", shape, dtype: dtype as "f32" | "f64", initializer: constant(this.init) },
    };
  }
}
