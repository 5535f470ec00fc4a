import { graphNodes, type Node, type Tensor } from "@isograd/autograd";
import { sumOfSquares } from "../../statistics.ts";

/**
 * The layer that made the first value that is not finite, of all that a graph keeps for its rules; null where none is kept.
 *
 * It looks only where a loss is not finite, so that in all other steps nothing has to be kept for it.
 */
export function originOf(loss: Tensor): string | null {
  for (const node of graphNodes(loss)) {
    const { inputs } = node;
    for (let k = 0; k < inputs.length; k++)
      if (inputs[k] !== undefined && !Number.isFinite(sumOfSquares(inputs[k])))
        return placeOf(node.source(k) ?? node);
  }
  return null;
}

/** The place of the nearest product below. */
function placeOf(node: Node): string {
  let at: Node | null = node;
  while (at !== null && at.op !== null && !at.op.contraction)
    at = at.sources.find((source) => source !== null) ?? null;
  return at?.op ? placeOfProduct(at) : node.scope;
}

export const placeOfProduct = (node: Node): string => node.scope || (node.op?.name ?? "");
