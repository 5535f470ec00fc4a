import type { Shape } from "../shape.ts";

/** A shape and the step of each axis. */
interface Laid {
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** How an operand lies beside the result: a single number for all elements, one behind the other, or some other way. */
export type Layout = "single" | "dense" | "strided";

export function layoutOf({ shape: own, strides }: Laid, shape: Shape): Layout {
  const shift = shape.length - own.length;
  let isSingle = true;
  let isDense = true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) continue;
    const stride = axis < shift || own[axis - shift] === 1 ? 0 : strides[axis - shift];
    if (stride !== 0) isSingle = false;
    if (stride !== step) isDense = false;
    step *= shape[axis];
  }
  return isSingle ? "single" : isDense ? "dense" : "strided";
}
