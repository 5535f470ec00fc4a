import { ActivationLayer } from "../layers/activation-layer.ts";
import { ChannelNorm } from "../layers/normalization/channel-norm.ts";
import { RecurrentCell } from "../layers/recurrent/cell.ts";
import { Recurrent } from "../layers/recurrent/recurrent.ts";
import { Sequential } from "../layers/sequential.ts";
import { SpectralNorm } from "../parametrizations/spectral-norm.ts";
import { WeightNorm } from "../parametrizations/weight-norm.ts";

/** What PyTorch calls the tensors of a class of modules, where that is not our name with `_` between its words. */
export interface PyTorchNames {
  readonly layer: abstract new (...options: never) => object;
  /**
   * What our path from such a module on becomes; the first pattern that fits counts. Paths through modules it holds end with what those are called there:
   * `layers.0.forward.weight_ih`. Further names than the first are read, and not written.
   */
  readonly names: readonly (readonly [ours: RegExp, ...theirs: string[]])[];
  /** Single numbers are vectors of one there. */
  readonly vectors?: true;
}

/**
 * Our layers that PyTorch names otherwise, but for their names' spelling. A parametrization is named by the tensor it computes, which stands for `*`, and
 * from the layer on that holds it.
 */
export const pyTorchTable: readonly PyTorchNames[] = [
  {
    layer: ChannelNorm,
    names: [
      [/^runningVariance$/, "running_var"],
      [/^batchesTracked$/, "num_batches_tracked"],
    ],
  },
  {
    layer: RecurrentCell,
    names: [
      [/^inputWeight$/, "weight_ih"],
      [/^hiddenWeight$/, "weight_hh"],
      [/^inputBias$/, "bias_ih"],
      [/^hiddenBias$/, "bias_hh"],
      [/^projection$/, "weight_hr"],
    ],
  },
  {
    layer: Recurrent,
    names: [
      [/^layers\.(\d+)\.forward\.([a-z]+_[a-z]+)(.*)$/, "$2_l$1$3"],
      [/^layers\.(\d+)\.reverse\.([a-z]+_[a-z]+)(.*)$/, "$2_l$1_reverse$3"],
    ],
  },
  { layer: Sequential, names: [[/^layers\.(.+)$/, "$1"]] },
  { layer: ActivationLayer, names: [[/^coefficients\.slope$/, "weight"]], vectors: true },
  {
    layer: WeightNorm,
    names: [
      [/^g$/, "*_g", "parametrizations.*.original0"],
      [/^v$/, "*_v", "parametrizations.*.original1"],
    ],
  },
  {
    layer: SpectralNorm,
    names: [
      [/^original$/, "*_orig", "parametrizations.*.original"],
      [/^u$/, "*_u", "parametrizations.*.0._u"],
      [/^v$/, "*_v", "parametrizations.*.0._v"],
    ],
  },
];
