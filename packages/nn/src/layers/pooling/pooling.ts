import type { Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import type { Extents } from "../extent.ts";

export interface PoolOptions<E extends Extents> {
  /** One number, or one a spatial axis. */
  readonly kernelSize: E;
  /** How far apart windows begin; default: the kernel's size. */
  readonly stride?: E;
  /** Elements added on both sides, at most half a kernel; default 0. */
  readonly padding?: E;
  /** Let a last window that begins inside reach beyond the end; default false. */
  readonly ceilMode?: boolean;
}

/** A layer that learns nothing and is told by its options. */
export abstract class Pooling<
  Options,
  Inputs extends readonly unknown[] = readonly [x: Tensor],
  Output = Tensor,
> extends Module<Inputs, Output> {
  readonly options: Options;

  constructor(options: Options) {
    super();
    this.options = { ...options };
  }
}
