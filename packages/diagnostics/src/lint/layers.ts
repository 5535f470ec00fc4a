import { criticalWeights } from "../flow/criticality.ts";
import { factsOf, unlessUnknown } from "../flow/flatness.ts";
import type { FlowPart, FlowProfile } from "../flow/profile.ts";
import { sumOfSquares } from "../statistics.ts";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import { isNormalized } from "./invariance.ts";

/** One layer on the longest way from the input to the output, as theory sees it. */
export interface LintLayer {
  readonly place: string;
  readonly fanIn: number;
  readonly fanOut: number;
  /** The activation that its signal comes out of, and the one behind it; null where there is none. */
  readonly before: string | null;
  readonly behind: string | null;
  /** σw²: the mean square of the weights times the fan-in, or what was declared. */
  readonly weightVariance: number;
  /** What the activation in front asks for; null where a network can train with none. */
  readonly criticalWeightVariance: number | null;
  /** χ = σw² E φ'²: the factor that theory puts on |gradient|² from this layer to the one below; NaN for the first, and where facts are not known. */
  readonly chi: number;
  /** Whether its units are normalised over the batch. */
  readonly normalized: boolean;
  /** Whether other ways join between it and the layer below, as a shortcut does. */
  readonly residual: boolean;
  /** Whether it has biases. */
  readonly hasBias: boolean;
}

/** A layer with what the rules need besides. */
export interface Examined extends LintLayer {
  readonly below: Contraction | null;
  readonly use: ActivationUse | null;
  /** Operations between it and the layer below, besides activation and weights. */
  readonly between: readonly FlowPart[];
  /** What these put on log |gradient|². */
  readonly operations: number;
  /** E φ'² in front. */
  readonly slopeShare: number;
  /** The mean square of the pre-activations below: measured, or where weights are declared, by the length map. */
  readonly q: number;
}

const isOperation = ({ kind }: FlowPart): boolean => kind === "operation";

/** The layers of a chain, first layer first. @param declared σw² of all layers; undefined: as they are */
export function examine(
  chain: readonly Contraction[],
  { steps }: FlowProfile,
  declared: number | undefined,
): Examined[] {
  const layers: Examined[] = [];
  let q = 1;
  chain.forEach((layer, k) => {
    const below = k === 0 ? null : chain[k - 1];
    const use = below?.activation ?? null;
    const between: readonly FlowPart[] = k === 0 ? [] : steps[steps.length - k].between;
    const weightVariance = declared ?? (sumOfSquares(layer.weight) / layer.weight.size) * layer.fanIn;
    if (use !== null && declared === undefined) q = sumOfSquares(use.inputs[0]) / use.inputs[0].size;
    const slopeShare = use === null ? 1 : (unlessUnknown(() => factsOf(use).chi(1, q)) ?? Number.NaN);
    layers.push({
      place: layer.place,
      fanIn: layer.fanIn,
      fanOut: layer.fanOut,
      before: use?.activation.name ?? null,
      behind: layer.activation?.activation.name ?? null,
      weightVariance,
      criticalWeightVariance: criticalWeights(use?.activation ?? null)?.weightVariance ?? null,
      chi: k === 0 ? Number.NaN : weightVariance * slopeShare,
      normalized: isNormalized(layer),
      residual: between.some(({ kind }) => kind === "residual"),
      hasBias: layer.bias !== null,
      below,
      use,
      between: between.filter(isOperation),
      operations: between.filter(isOperation).reduce((sum, { log }) => sum + log, 0),
      slopeShare,
      q,
    });
    if (declared !== undefined) {
      const known = use === null ? 1 : unlessUnknown(() => factsOf(use).lengthMap(q, 1, 0));
      q = k === 0 ? declared : declared * (known ?? q);
    }
  });
  return layers;
}

/** Layers whose step down is one product behind one activation, with weights that are not zero on purpose. */
export const isPlain = (layers: readonly Examined[], k: number): boolean =>
  k > 0 && !layers[k].residual && !layers[k - 1].normalized && layers[k].weightVariance > 0;
