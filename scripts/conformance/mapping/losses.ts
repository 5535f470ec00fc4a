import { logSoftmax, type Tensor } from "@isograd/autograd";
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  type CtcOptions,
  cosineEmbeddingLoss,
  crossEntropy,
  ctcLoss,
  gaussianNllLoss,
  hingeEmbeddingLoss,
  huberLoss,
  klDiv,
  l1Loss,
  marginRankingLoss,
  mseLoss,
  multilabelMarginLoss,
  multilabelSoftMarginLoss,
  multiMarginLoss,
  nllLoss,
  poissonNllLoss,
  smoothL1Loss,
  softMarginLoss,
  tripletMarginLoss,
} from "@isograd/nn";
import { type Arguments, call, type Mapping } from "../call.ts";

/** PyTorch's names of options, where ours differ. */
const options: Readonly<Record<string, string>> = {
  ignore_index: "ignoreIndex",
  label_smoothing: "labelSmoothing",
  log_input: "logInput",
  log_target: "logTarget",
  pos_weight: "posWeight",
  zero_infinity: "zeroInfinity",
};

/** A loss of so many tensors; whatever follows them is an option. */
function loss(f: (...given: never[]) => unknown, tensors: string, further = "") {
  const operands = tensors.split(" ");
  return call(`${tensors}${further && ` ${further}`} reduction="mean"`, (bound: Arguments) => {
    const settings = Object.entries(bound)
      .filter(([name, value]) => !operands.includes(name) && value !== null)
      .map(([name, value]) => [options[name] ?? name, value === "batchmean" ? "batchMean" : value]);
    return f(...(operands.map((name) => bound[name]) as never[]), Object.fromEntries(settings) as never);
  });
}

const pair = "input target";
const triplet = "anchor positive negative";

export const losses: Mapping = {
  "nn.functional.binary_cross_entropy": loss(binaryCrossEntropy, pair, "weight=null"),
  "nn.functional.binary_cross_entropy_with_logits": loss(
    binaryCrossEntropyWithLogits,
    pair,
    "weight=null pos_weight=null",
  ),
  "nn.functional.cosine_embedding_loss": loss(cosineEmbeddingLoss, "input1 input2 target", "margin=0"),
  "nn.functional.cross_entropy": loss(crossEntropy, pair, "weight=null ignore_index=null label_smoothing=0"),
  // PyTorch gives the gradient that reaches the scores behind a log-softmax, to which normalised log probabilities are their own.
  "nn.functional.ctc_loss": loss(
    (scores: Tensor, ...rest: [Tensor, Tensor, Tensor, CtcOptions]) => ctcLoss(logSoftmax(scores), ...rest),
    "log_probs targets input_lengths target_lengths",
    "blank=0 zero_infinity=false",
  ),
  "nn.functional.gaussian_nll_loss": loss(gaussianNllLoss, "input target var", "full=false eps=1e-6"),
  "nn.functional.hinge_embedding_loss": loss(hingeEmbeddingLoss, pair, "margin=1"),
  "nn.functional.huber_loss": loss(huberLoss, pair, "delta=1"),
  "nn.functional.kl_div": loss(klDiv, pair, "log_target=false"),
  "nn.functional.l1_loss": loss(l1Loss, pair),
  "nn.functional.margin_ranking_loss": loss(marginRankingLoss, "input1 input2 target", "margin=0"),
  "nn.functional.mse_loss": loss(mseLoss, pair),
  "nn.functional.multi_margin_loss": loss(multiMarginLoss, pair, "p=1 margin=1 weight=null"),
  "nn.functional.multilabel_margin_loss": loss(multilabelMarginLoss, pair),
  "nn.functional.multilabel_soft_margin_loss": loss(multilabelSoftMarginLoss, pair, "weight=null"),
  "nn.functional.nll_loss": loss(nllLoss, pair, "weight=null ignore_index=-100"),
  "nn.functional.poisson_nll_loss": loss(poissonNllLoss, pair, "log_input=true full=false eps=1e-8"),
  "nn.functional.smooth_l1_loss": loss(smoothL1Loss, pair, "beta=1"),
  "nn.functional.soft_margin_loss": loss(softMarginLoss, pair),
  "nn.functional.triplet_margin_loss": loss(tripletMarginLoss, triplet, "margin=1 p=2 eps=1e-6 swap=false"),
};
