import {
  circularPad,
  type PaddingWidths,
  reflectionPad,
  replicationPad,
  type Tensor,
} from "@isograd/autograd";

/** What surrounds a signal, made from the signal itself: its mirror image, its outermost elements, its other end. */
export const surround = {
  reflect: reflectionPad,
  replicate: replicationPad,
  circular: circularPad,
} as const satisfies Readonly<Record<string, (x: Tensor, widths: PaddingWidths) => Tensor>>;

export type Surrounding = keyof typeof surround;
