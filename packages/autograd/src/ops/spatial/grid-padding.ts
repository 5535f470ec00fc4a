import type { Tensor } from "../../tensor.ts";
import { add, div, mul, sub } from "../elementwise/arithmetic.ts";
import { abs, ge, gt, le, where } from "../elementwise/choice.ts";
import { floor } from "../elementwise/rounding.ts";

/** Moves positions along an axis of `extent` elements to where padding finds its values. */
export type GridPadding = (position: Tensor, extent: number, alignCorners: boolean) => Tensor;

export const distanceTo = (position: Tensor, middle: number): Tensor => abs(sub(position, middle));

/** No gradient flows from the outermost elements outwards, nor on them. */
const border: GridPadding = (position, extent) =>
  where(le(position, 0), 0, where(ge(position, extent - 1), extent - 1, position));

/** Mirrored at the outermost elements where corners are aligned, else at their outer edges. */
const reflection: GridPadding = (position, extent, alignCorners) => {
  const edge = alignCorners ? 0 : -0.5;
  const span = alignCorners ? extent - 1 : extent;
  if (span === 0) return mul(position, 0);
  const distance = distanceTo(position, edge);
  const beyond = sub(distance, mul(floor(div(distance, 2 * span)), 2 * span));
  const inside = add(where(gt(beyond, span), sub(2 * span, beyond), beyond), edge);
  return border(inside, extent, alignCorners);
};

/** What lies outside a sampled image, by name. */
export const gridPaddings = { zeros: (position: Tensor) => position, border, reflection } as const;
