import { cast, noGrad, sum, type Tensor } from "@isograd/autograd";

/** Sums along one axis, in double precision. */
export const sumsOver = (x: Tensor, axis: number): Tensor => noGrad(() => sum(cast(x, "f64"), { axis }));
