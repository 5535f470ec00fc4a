import type { Tensor } from "@isograd/autograd";
import { Module } from "../module/module.ts";

/**
 * What comes in goes out, whatever it is: a place where nothing is done.
 *
 * @see torch.nn.Identity
 * @example
 * new Identity().call(tensor([1, 2])); // [1, 2]
 */
export class Identity<T = Tensor> extends Module<readonly [x: T], T> {
  forward(x: T): T {
    return x;
  }
}
