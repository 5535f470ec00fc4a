import { ArgumentError, type Tensor } from "@isograd/autograd";
import { Module } from "../module/module.ts";

/**
 * A function as a layer, for where a module is asked for. What it learns must be held by a module.
 *
 * @throws ArgumentError unless it is a function
 * @example
 * new Lambda((x) => mean(x, { axis: -1 })).call(tensor([[1, 3]])); // [2]
 */
export class Lambda<Inputs extends readonly unknown[] = readonly [x: Tensor], Output = Tensor> extends Module<
  Inputs,
  Output
> {
  constructor(readonly compute: (...inputs: Inputs) => Output) {
    super();
    if (typeof compute !== "function") throw new ArgumentError("Lambda", "expected a function", compute);
  }

  forward(...inputs: Inputs): Output {
    return this.compute(...inputs);
  }
}
