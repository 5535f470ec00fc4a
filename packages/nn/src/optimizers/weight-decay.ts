import { add, mul, type Scalar } from "@isograd/autograd";

/** The gradient and `decay` times the parameter: the gradient of ½ decay ‖parameter‖² besides. */
export const decayed = (gradient: Scalar, parameter: Scalar, decay: number): Scalar =>
  decay === 0 ? gradient : add(gradient, mul(decay, parameter));
