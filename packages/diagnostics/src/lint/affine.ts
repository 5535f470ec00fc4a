import type { Node } from "@isograd/autograd";
import type { Contraction } from "../trace/network.ts";

/**
 * Whether nothing but shifts, factors, sums and changes of shape lies between the layers with weights and what `end` makes: weights make any
 * numbers then.
 */
export function isMadeByLayers(end: Node | null, contractions: readonly Contraction[]): boolean {
  const layers = new Set(contractions.map(({ node }) => node));
  const pending = new Set(end === null ? [] : [end]);
  let made = false;
  // A set grows while it is walked.
  for (const node of pending) {
    if (layers.has(node)) made = true;
    else if (node.op !== null && !isAffine(node)) return false;
    else for (const source of node.sources) if (source !== null) pending.add(source);
  }
  return made;
}

/** Whether the operation is affine in what gradients flow to: no rule that runs reads any of that, nor what the operation made of it. */
function isAffine({ op, sources }: Node): boolean {
  if (op === null || op.readsOutput) return false;
  return sources.every(
    (source, position) =>
      source === null || (op.reads?.[position] ?? []).every((read) => sources[read] === null),
  );
}
