import { flatten, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";

export interface FlattenOptions {
  /** Default 1: the batch axis stays. */
  readonly startAxis?: number;
  /** Included; default -1. */
  readonly endAxis?: number;
}

/**
 * Merges axes into one: [batch, ...] -> [batch, size].
 *
 * @see torch.nn.Flatten
 * @example
 * new Flatten().call(full([8, 3, 4, 4], 1)).shape; // [8, 48]
 */
export class Flatten extends Module {
  readonly startAxis: number;
  readonly endAxis: number;

  constructor({ startAxis = 1, endAxis = -1 }: FlattenOptions = {}) {
    super();
    this.startAxis = startAxis;
    this.endAxis = endAxis;
  }

  forward(x: Tensor): Tensor {
    return flatten(x, this.startAxis, this.endAxis);
  }
}
