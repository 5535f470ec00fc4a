import type { Tensor } from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";

/** |δ|²: the squared norm of the gradient to a layer's pre-activations; NaN where none came. */
export const deltaSquare = ({ cotangent }: Contraction): number =>
  cotangent === null ? Number.NaN : sumOfSquares(cotangent as Tensor);

/**
 * The layers along the longest way down from the loss, first layer first.
 *
 * Of several heads the one that gets the largest gradient counts: a head that no example of the batch asks for gets none.
 */
export function chainOf(contractions: readonly Contraction[]): Contraction[] {
  let top: Contraction | null = null;
  let largest = Number.NEGATIVE_INFINITY;
  for (const contraction of contractions) {
    if (contraction.feeds || contraction.cotangent === null) continue;
    const square = deltaSquare(contraction);
    if (square < largest) continue;
    [top, largest] = [contraction, square];
  }
  const chain: Contraction[] = [];
  for (let at = top; at !== null; at = at.below) if (at.cotangent !== null) chain.push(at);
  return chain.reverse();
}

/** log |δ|² of each layer of a chain, relative to the last one. */
export function relativeLogs(chain: readonly Contraction[]): number[] {
  const logs = chain.map((contraction) => Math.log(deltaSquare(contraction)));
  return logs.map((value) => value - logs[logs.length - 1]);
}

/** |δ first| / |δ last| over the layers in order: 1 where there are fewer than two. */
export function totalFactorOf(contractions: readonly Contraction[]): number {
  const chain = chainOf(contractions);
  if (chain.length < 2) return 1;
  return Math.sqrt(deltaSquare(chain[0]) / deltaSquare(chain[chain.length - 1]));
}
