import { sizeOf } from "../shape.ts";
import type { Op, Signature } from "../tensor.ts";

type Known = readonly (Signature | null)[];

/** What one application of an op takes. @param inputs null for constants that are not remembered */
export function flopsOf<A>(op: Op<A>, inputs: Known, attributes: A, outputs: readonly Signature[]): number {
  return (
    op.flops?.(inputs, attributes, outputs) ?? outputs.reduce((total, { shape }) => total + sizeOf(shape), 0)
  );
}

/** The `flops` of an op that only moves numbers. */
export const movesOnly = (): number => 0;

/** The `flops` of a reduction: one for each element that it reads. */
export const oneAnInput = ([x]: Known): number => (x === null ? 0 : sizeOf(x.shape));
