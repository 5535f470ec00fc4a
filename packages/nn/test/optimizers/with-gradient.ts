import { fromData, parameter, type Tensor } from "@isograd/autograd";

/** A parameter to which a gradient has come. */
export function withGradient(value: number[], gradient: number[]): Tensor {
  const made = parameter(fromData(Float64Array.from(value), [value.length]));
  made.grad = fromData(Float64Array.from(gradient), [gradient.length]);
  return made;
}
