import { noGrad, reshape, ShapeError, Tensor } from "@isograd/autograd";
import type { Contraction } from "../trace/network.ts";
import { checkModel, type Model } from "../trace/trace.ts";
import { layersOf, representationOf } from "./layers.ts";
import { checkPositive } from "./options.ts";
import {
  alignmentBetween,
  effectiveRank,
  exampleProducts,
  meanCosine,
  participationRatio,
  squaredSingularValues,
  stableRank,
} from "./representation.ts";
import { undisturbed } from "./undisturbed.ts";
import { type UnitCorrelation, unitCorrelation } from "./unit-correlation.ts";

export interface RepresentationOptions {
  /** |correlation| beyond which two units count as one; default 0.9999. */
  readonly duplicateBeyond?: number;
}

/** What a layer makes of a batch: behind its activation, where it has one. Ranks lie between 1 and the smaller of examples and features; all is without unit. */
export interface LayerRepresentation {
  readonly place: string;
  readonly examples: number;
  /** Numbers an example. */
  readonly features: number;
  /** exp of the entropy of the singular values as shares of their sum. @see Roy, Vetterli 2007 */
  readonly effectiveRank: number;
  /** ‖A‖²_F/‖A‖²₂: small values do not count. */
  readonly stableRank: number;
  /** (tr C)²/tr C² of the covariance: how many directions the examples differ in. */
  readonly participationRatio: number;
  /** The mean cosine of two examples: near 1 all look alike. The C-map of mean-field theory is its course over the layers. */
  readonly meanCosine: number;
  readonly unitCorrelation: UnitCorrelation;
}

export interface RepresentationMap {
  /** Along the longest way through the network, first layer first. */
  readonly layers: readonly LayerRepresentation[];
  /** Linear centred kernel alignment of each layer with each, from 0 to 1: near 1 they show the same. @see Kornblith et al. 2019 */
  readonly alignment: readonly (readonly number[])[];
}

/**
 * Measures what is left of a batch, layer by layer: ranks, how alike the examples become, how alike the units are, how alike the layers.
 *
 * Layers are read off the graph: products with tracked weights. Those that do not have the examples on the first axis are passed over. The ranks take
 * time that grows with the cube of the examples, or features, whichever are fewer. What does not vary has NaN for what is a share of its variation.
 * Nothing of the model changes.
 *
 * @param inputs [batch, ...]
 * @throws ArgumentError if the model or an option is none; ShapeError if there are fewer than two examples; what the model throws
 * @see Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos"
 * @example
 * const w = parameter([[1, 0, 0], [0, 1, 1]]);
 * const { layers: [layer] } = representationMap((x) => matmul(x, w), tensor([[1, 0], [-1, 0], [0, 2], [0, -2]]));
 * layer.stableRank; // 1.125
 * layer.unitCorrelation.duplicates; // 1
 */
export function representationMap(
  model: Model,
  inputs: Tensor,
  options: RepresentationOptions = {},
): RepresentationMap {
  const { duplicateBeyond = 0.9999 } = options;
  checkModel(model, "representationMap");
  checkPositive("representationMap", "duplicateBeyond", duplicateBeyond);
  if (!(inputs instanceof Tensor) || inputs.rank === 0 || inputs.shape[0] < 2)
    throw new ShapeError(
      "representationMap",
      [inputs.shape],
      "expected inputs [batch, ...] with two examples or more",
    );
  const examples = inputs.shape[0];
  return undisturbed(() => {
    const layers = layersOf("representationMap", model, inputs).filter((layer) => {
      const { rank, shape, size } = representationOf(layer);
      return rank > 0 && shape[0] === examples && size > 0;
    });
    return noGrad(() => {
      const matrices = layers.map((layer) => {
        const shown = representationOf(layer).detach();
        return reshape(shown, [examples, shown.size / examples]);
      });
      const products = matrices.map(exampleProducts);
      return {
        layers: layers.map((layer, k) => {
          const squares = squaredSingularValues(matrices[k]);
          const shown = representationOf(layer);
          return {
            place: layer.place,
            examples,
            features: matrices[k].shape[1],
            effectiveRank: effectiveRank(squares),
            stableRank: stableRank(squares),
            participationRatio: participationRatio(products[k]),
            meanCosine: meanCosine(products[k]),
            unitCorrelation: unitCorrelation(shown, unitAxis(shown, layer), duplicateBeyond),
          };
        }),
        alignment: products.map((a) => products.map((b) => alignmentBetween(a, b))),
      };
    });
  });
}

/** The channels of images, whose weights stand in front of the signal, else the last axis. */
const unitAxis = ({ rank }: Tensor, { weightFirst }: Contraction): number =>
  weightFirst && rank > 2 ? 1 : rank - 1;
