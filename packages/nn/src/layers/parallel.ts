import { ArgumentError, add, concat, ShapeError, type Tensor } from "@isograd/autograd";
import { Module } from "../module/module.ts";
import { applyLayer, checkLayer, type Layer } from "./sequential.ts";

export interface ParallelOptions {
  /** What is applied to the same x; one or more. */
  readonly branches: readonly Layer[];
  /** How results are joined: put one behind the other along `axis` (default), or added up. */
  readonly join?: "concat" | "sum";
  /** For `"concat"`; default 1, the channels. */
  readonly axis?: number;
}

/**
 * Several layers side by side on the same input, their results joined; their places are `branches.0`, `branches.1`, ...
 *
 * @throws ArgumentError without a branch or for another way to join; ShapeError when called, if the results do not fit together
 * @see Szegedy et al. 2015, "Going deeper with convolutions"
 * @example
 * const narrow = new Conv2d({ inChannels: 3, outChannels: 4, kernelSize: 1 });
 * const wide = new Conv2d({ inChannels: 3, outChannels: 4, kernelSize: 5, padding: "same" });
 * new Parallel({ branches: [narrow, wide] }).call(full([1, 3, 6, 6], 1)).shape; // [1, 8, 6, 6]
 */
export class Parallel extends Module {
  readonly branches: Layer[];
  readonly join: "concat" | "sum";
  readonly axis: number;

  constructor({ branches, join = "concat", axis = 1 }: ParallelOptions) {
    super();
    for (const branch of branches) checkLayer("Parallel", branch);
    if (branches.length === 0) throw new ArgumentError("Parallel", "expected one branch or more", branches);
    if (join !== "concat" && join !== "sum")
      throw new ArgumentError("Parallel", 'expected join to be "concat" or "sum"', join);
    this.branches = [...branches];
    this.join = join;
    this.axis = axis;
  }

  forward(x: Tensor): Tensor {
    const results = this.branches.map((branch, k) => applyLayer(branch, x, `branches.${k}`));
    if (this.join === "concat") return concat(results, this.axis);
    const shapes = results.map(({ shape }) => shape);
    if (shapes.some((shape) => shape.join() !== shapes[0].join()))
      throw new ShapeError("Parallel", shapes, "expected results of one shape to add up");
    return results.reduce((sum, result) => add(sum, result));
  }
}
