import { add, mul, ShapeError, type Tensor, type TensorLike } from "@isograd/autograd";
import { Module } from "../module/module.ts";
import { applyLayer, checkLayer, type Layer } from "./sequential.ts";

export interface ResidualOptions {
  /** What is added to x. */
  readonly inner: Layer;
  /** A factor on what is added, a tensor to learn it; default 1. */
  readonly scale?: TensorLike;
  /** Brings x to the shape of what is added; default: x itself. */
  readonly projection?: Layer | null;
}

/**
 * projection(x) + scale · inner(x).
 *
 * @throws ShapeError when called, if the two summands differ in shape
 * @see He et al. 2016, "Deep residual learning"
 * @example
 * new Residual({ inner: relu, scale: 0.5 }).call(tensor([-1, 2])); // [-1, 3]
 */
export class Residual extends Module {
  readonly inner: Layer;
  readonly projection: Layer | null;
  scale: TensorLike;

  constructor({ inner, scale = 1, projection = null }: ResidualOptions) {
    super();
    checkLayer("Residual", inner);
    if (projection !== null) checkLayer("Residual", projection);
    this.inner = inner;
    this.projection = projection;
    this.scale = scale;
  }

  forward(x: Tensor): Tensor {
    const shortcut = this.projection === null ? x : applyLayer(this.projection, x, "projection");
    const change = applyLayer(this.inner, x, "inner");
    if (shortcut.shape.join() !== change.shape.join()) {
      throw new ShapeError(
        "residual",
        [shortcut.shape, change.shape],
        "expected a shortcut of the shape of what is added (projection makes it so)",
      );
    }
    return add(shortcut, this.scale === 1 ? change : mul(change, this.scale));
  }
}
