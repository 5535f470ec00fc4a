import { ArgumentError, gelu, geluTanh } from "@isograd/autograd";
import { ActivationLayer } from "../activation-layer.ts";

export interface GELUOptions {
  /** `"none"` (default): by the normal distribution function; `"tanh"`: the approximation by tanh. */
  readonly approximate?: keyof typeof variants;
}

const variants = { none: gelu, tanh: geluTanh } as const;

/**
 * x times the normal distribution function of x; any shape -> the same.
 *
 * @throws ArgumentError unless `approximate` is one of the two
 * @see Hendrycks, Gimpel 2016, "Gaussian error linear units"; torch.nn.GELU
 * @example
 * new GELU().call(tensor([1])); // [0.8413]
 * new GELU({ approximate: "tanh" }).call(tensor([1])); // [0.8412]
 */
export class GELU extends ActivationLayer {
  constructor({ approximate = "none" }: GELUOptions = {}) {
    if (!Object.hasOwn(variants, approximate))
      throw new ArgumentError("GELU", 'expected approximate to be "none" or "tanh"', approximate);
    super(variants[approximate]);
  }
}
