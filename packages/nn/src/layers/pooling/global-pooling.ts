import { max, mean, ShapeError, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";

/** All axes behind batch and channels. */
function spatialAxes(layer: string, x: Tensor): number[] {
  if (x.rank < 3) throw new ShapeError(layer, [x.shape], "expected [batch, channels, ...spatial axes]");
  return Array.from({ length: x.rank - 2 }, (_, k) => k + 2);
}

/**
 * The mean of each channel: [batch, channels, ...spatial axes] -> [batch, channels].
 *
 * @throws ShapeError when called, without spatial axes
 * @see Lin et al. 2014, "Network in network"
 * @example
 * new GlobalAvgPool().call(tensor([[[[1, 2], [3, 6]]]])); // [[3]]
 */
export class GlobalAvgPool extends Module {
  forward(x: Tensor): Tensor {
    return mean(x, { axis: spatialAxes("GlobalAvgPool", x) });
  }
}

/**
 * The largest element of each channel: [batch, channels, ...spatial axes] -> [batch, channels]; equals share the gradient.
 *
 * @throws ShapeError when called, without spatial axes
 * @example
 * new GlobalMaxPool().call(tensor([[[[1, 2], [3, 6]]]])); // [[6]]
 */
export class GlobalMaxPool extends Module {
  forward(x: Tensor): Tensor {
    return max(x, { axis: spatialAxes("GlobalMaxPool", x) });
  }
}
