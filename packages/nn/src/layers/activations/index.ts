export {
  type ActivationClass,
  type AlongAxis,
  type AxisOptions,
  activationClass,
  axisClass,
} from "./activation-class.ts";
export { GEGLU, GLU, LogSoftmax, Softmax, Softmax2d, Softmin, SwiGLU } from "./along-axis.ts";
export {
  CELU,
  ELU,
  Hardshrink,
  Hardsigmoid,
  Hardswish,
  Hardtanh,
  LeakyReLU,
  LogSigmoid,
  Mish,
  ReLU,
  ReLU6,
  SELU,
  Sigmoid,
  SiLU,
  Softplus,
  Softshrink,
  Softsign,
  Tanh,
  Tanhshrink,
  Threshold,
} from "./elementwise.ts";
export { GELU, type GELUOptions } from "./gelu.ts";
export { RReLU, type RReLUOptions } from "./rrelu.ts";
