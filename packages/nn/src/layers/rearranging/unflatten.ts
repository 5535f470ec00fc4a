import { type Shape, type Tensor, unflatten } from "@isograd/autograd";
import { Module } from "../../module/module.ts";

export interface UnflattenOptions {
  /** Default 1, the axis behind the batch. */
  readonly axis?: number;
  /** What the axis is split into; one of the extents may be -1, which takes what is left. */
  readonly sizes: Shape;
}

/**
 * Splits an axis into several: [batch, size] -> [batch, ...sizes].
 *
 * @throws ShapeError when called, if the sizes do not multiply to the axis
 * @see torch.nn.Unflatten
 * @example
 * new Unflatten({ sizes: [16, 4, 4] }).call(full([2, 256], 1)).shape; // [2, 16, 4, 4]
 */
export class Unflatten extends Module {
  readonly axis: number;
  readonly sizes: Shape;

  constructor({ axis = 1, sizes }: UnflattenOptions) {
    super();
    this.axis = axis;
    this.sizes = [...sizes];
  }

  forward(x: Tensor): Tensor {
    return unflatten(x, this.axis, this.sizes);
  }
}
