import type { Shape } from "@isograd/autograd";
import { chainOf } from "../flow/chain.ts";
import { profileOf } from "../flow/flow.ts";
import { examine } from "../lint/layers.ts";
import { passThrough } from "../lint/synthetic.ts";
import type { Model } from "../trace/trace.ts";

/** A hidden layer, as theory needs it: one place of an activation. */
export interface HiddenLayer {
  readonly width: number;
  /** Whether its units are normalised over the batch. */
  readonly normalized: boolean;
  /** Whether a shortcut leads around it. */
  readonly residual: boolean;
}

/** What theory needs to know of a network. */
export interface Architecture {
  /** Numbers that a unit of the first layer takes. */
  readonly inputs: number;
  /** The places of activations on the longest way, first layer first; what stands at the output is none of them. */
  readonly layers: readonly HiddenLayer[];
}

/** Reads it off one pass over random inputs. @throws what the model throws for inputs of this shape */
export function architectureOf(model: Model, shape: Shape): Architecture {
  const { traced } = passThrough(model, shape, {}, true);
  const chain = examine(chainOf(traced.contractions), profileOf(traced, null), undefined);
  const layers = chain.flatMap(({ behind, fanOut, normalized }, k) =>
    behind === null || k === chain.length - 1
      ? []
      : [{ width: fanOut, normalized, residual: chain[k + 1].residual }],
  );
  return { inputs: chain[0].fanIn, layers };
}
