import type { Contraction } from "../../trace/network.ts";

/** What is known of a later pass. */
export interface Pass {
  readonly sweep: number;
  readonly contractions: readonly Contraction[];
  readonly loss: number;
  /** How often the parameters have changed so far. */
  readonly updates: number;
  /** √(fanIn · mean square) of the weights. */
  readonly gain: number;
}
