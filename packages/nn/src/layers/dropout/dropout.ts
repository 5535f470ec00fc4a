import { type DropoutSettings, dropout, type Tensor } from "@isograd/autograd";
import { type DropoutOptions, Dropping } from "./dropping.ts";

/**
 * In training, sets elements to 0 at random and divides the others by the share that stays; the identity in evaluation.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Srivastava et al. 2014, "Dropout"; torch.nn.Dropout
 * @example
 * const layer = new Dropout({ probability: 0.5 });
 * max(layer.call(full([100], 1))); // 2
 * layer.eval().call(tensor([1, 2])); // [1, 2]
 */
export class Dropout extends Dropping {
  constructor(options: DropoutOptions = {}) {
    super("Dropout", options);
  }

  protected drop(x: Tensor, settings: DropoutSettings): Tensor {
    return dropout(x, settings);
  }
}
