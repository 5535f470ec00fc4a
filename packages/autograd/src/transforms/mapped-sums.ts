import type { Mapping } from "../context.ts";
import { concrete, MappedTensor } from "../mapped.ts";
import { applyAll } from "../op.ts";
import { addToPart } from "../ops/movement/add-to-part.ts";
import type { Cotangents, Op, Tensor } from "../tensor.ts";

/** What stands behind two tensors, with the examples along the same axes. */
interface Pair {
  readonly sum: Tensor;
  readonly addend: Tensor;
}

/**
 * What is to be added to what, for all examples at once; null where `sum` is one for examples that differ in `x`, and where somebody outside
 * differentiates.
 */
function aligned(innermost: Mapping, sum: Tensor, x: Tensor): Pair | null {
  if (sum.requiresGrad || x.requiresGrad) return null;
  let [all, addend] = [sum, x];
  for (let mapping: Mapping | null = innermost; mapping !== null; mapping = mapping.outside.mapping) {
    const ours = all instanceof MappedTensor && all.mapping === mapping ? all : null;
    const theirs = addend instanceof MappedTensor && addend.mapping === mapping ? addend : null;
    const isOne = ours === null || ours.shared;
    if (isOne && theirs !== null && !theirs.shared) return null;
    addend = isOne ? (theirs?.examples ?? addend) : mapping.examplesOf(addend);
    all = ours?.examples ?? all;
  }
  return { sum: all, addend };
}

/** See `Mapping.add`. */
export function addMapped(mapping: Mapping, sum: Tensor, x: Tensor): boolean {
  const pair = aligned(mapping, sum, x);
  if (pair === null) return false;
  addToPart(pair.sum, pair.addend);
  return true;
}

/** See `Mapping.addParts`: what the op reads of the sum of all examples is where their cotangents belong, if it is a view. */
export function addMappedParts(
  mapping: Mapping,
  op: Op,
  attributes: unknown,
  sum: Tensor,
  cotangents: Cotangents,
): boolean {
  if (sum.requiresGrad) return false;
  const parts = applyAll(op, [sum], attributes);
  const pairs: Pair[] = [];
  for (const [k, x] of cotangents.entries()) {
    const pair = x === null ? undefined : aligned(mapping, parts[k], x);
    if (pair === null || (pair !== undefined && pair.sum.data !== concrete(sum).data)) return false;
    if (pair !== undefined) pairs.push(pair);
  }
  for (const pair of pairs) addToPart(pair.sum, pair.addend);
  return true;
}
