import { geglu, glu, logSoftmax, ShapeError, softmax, softmin, swiglu, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { type AlongAxis, type AxisOptions, axisClass } from "./activation-class.ts";

type AxisClass = new (options?: AxisOptions) => AlongAxis;

/**
 * exp(x)/Σ exp(x) along an axis (default the last).
 *
 * @see torch.nn.Softmax
 * @example
 * new Softmax().call(tensor([1, 2, 3])); // [0.0900, 0.2447, 0.6652]
 */
export const Softmax: AxisClass = /* @__PURE__ */ axisClass("Softmax", (x, axis) => softmax(x, axis));

/**
 * exp(-x)/Σ exp(-x) along an axis (default the last).
 *
 * @see torch.nn.Softmin
 * @example
 * new Softmin().call(tensor([1, 2, 3])); // [0.6652, 0.2447, 0.0900]
 */
export const Softmin: AxisClass = /* @__PURE__ */ axisClass("Softmin", (x, axis) => softmin(x, axis));

/**
 * x - log Σ exp(x) along an axis (default the last).
 *
 * @see torch.nn.LogSoftmax
 * @example
 * new LogSoftmax().call(tensor([1, 2, 3])); // [-2.4076, -1.4076, -0.4076]
 */
export const LogSoftmax: AxisClass = /* @__PURE__ */ axisClass("LogSoftmax", (x, axis) =>
  logSoftmax(x, axis),
);

/**
 * The first half of an axis (default the last) times σ of the second.
 *
 * @see torch.nn.GLU
 * @example
 * new GLU().call(tensor([3, 0])); // [1.5]
 */
export const GLU: AxisClass = /* @__PURE__ */ axisClass("GLU", glu);

/**
 * The first half of an axis (default the last) times SiLU of the second.
 *
 * @see Shazeer 2020, "GLU variants improve transformer"
 * @example
 * new SwiGLU().call(tensor([3, 1])); // [2.1932]
 */
export const SwiGLU: AxisClass = /* @__PURE__ */ axisClass("SwiGLU", swiglu);

/**
 * The first half of an axis (default the last) times GELU of the second.
 *
 * @see Shazeer 2020, "GLU variants improve transformer"
 * @example
 * new GEGLU().call(tensor([3, 1])); // [2.5240]
 */
export const GEGLU: AxisClass = /* @__PURE__ */ axisClass("GEGLU", geglu);

/**
 * exp(x)/Σ exp(x) over the channels of each pixel: [batch, channels, height, width], or without batch -> the same.
 *
 * @throws ShapeError when called, if x has other axes
 * @see torch.nn.Softmax2d
 * @example
 * new Softmax2d().call(tensor([[[[0]], [[0]]]])); // [[[[0.5]], [[0.5]]]]
 */
export class Softmax2d extends Module {
  forward(x: Tensor): Tensor {
    if (x.rank !== 3 && x.rank !== 4) {
      const rule = "expected [batch, channels, height, width], or the same without batch";
      throw new ShapeError("Softmax2d", [x.shape], rule);
    }
    return softmax(x, -3);
  }
}
