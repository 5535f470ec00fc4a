import type { Tensor } from "@isograd/autograd";
import { Module } from "@isograd/nn";

/** A layer to hold to the laws of layers: what it takes, the names of what it learns and remembers, and what else is known. */
export type LayerRow = [
  name: string,
  make: () => Module,
  shape: readonly number[],
  parameters: string,
  buffers: string,
  facts?: {
    /** The shape of what it gives. */
    readonly output?: readonly number[];
    /** In training it draws anew at each call: differences of values say nothing about its gradients. */
    readonly random?: boolean;
  },
];

/** A layer that takes more than one tensor, or gives more, as one of x to one tensor. */
export class Applied<L extends Module<never, unknown>> extends Module {
  constructor(
    readonly layer: L,
    private readonly called: (layer: L, x: Tensor) => Tensor,
  ) {
    super();
  }

  forward(x: Tensor): Tensor {
    return this.called(this.layer, x);
  }
}

/** A layer that learns and remembers nothing. */
export const plain = (
  name: string,
  make: () => Module,
  shape: readonly number[],
  output: readonly number[] = shape,
): LayerRow => [name, make, shape, "", "", { output }];
