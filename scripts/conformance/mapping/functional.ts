import {
  alphaDropout,
  batchNorm,
  bilinear,
  dropout,
  featureAlphaDropout,
  featureDropout,
  groupNorm,
  instanceNorm,
  layerNorm,
  linear,
  normalize,
  scaledDotProductAttention,
  squeeze,
  standardize,
  type Tensor,
  unsqueeze,
  zeros,
} from "@isograd/autograd";
import { type Arguments, call, type Mapping } from "../call.ts";
import { torchDraws } from "../torch-draws.ts";

const running = (mean: Tensor | null, variance: Tensor | null) => mean && variance && { mean, variance };

const batchNorms = call(
  "input mean variance weight=null bias=null training=false momentum=0.1 eps=1e-5",
  ({ input, mean, variance, ...settings }) =>
    batchNorm(input, { ...settings, running: running(mean, variance) }).value,
);

/** Whatever draws is seeded with 42. */
const dropping = (f: typeof dropout, training = true) =>
  call(`input p=0.5 training=${training}`, (given: Arguments) =>
    given.training ? f(given.input, { probability: given.p, generator: torchDraws(42) }) : given.input,
  );

export const functional: Mapping = {
  native_batch_norm: call(
    "input weight bias mean variance training momentum eps",
    ({ input, mean, variance, training, ...settings }) => {
      const result = batchNorm(input, { ...settings, training, running: running(mean, variance) });
      return [result.value, ...(training ? [result.mean, result.rstd] : [zeros([0]), zeros([0])])];
    },
  ),
  native_layer_norm: call("input shape weight bias eps", ({ input, shape, weight, bias, eps }) => {
    const axis = shape.map((_: number, k: number) => k - shape.length);
    const { mean, rstd } = standardize(input, { axis, eps });
    return [layerNorm(input, shape, { weight, bias, eps }), mean, rstd];
  }),
  "nn.functional._scaled_dot_product_attention": call(
    "query key value mask=null dropout_p=0 need_attn_weights=true is_causal=false",
    ({ query, key, value, mask, dropout_p, is_causal }) => {
      const dropout = { probability: dropout_p, generator: torchDraws(42) };
      const result = scaledDotProductAttention(query, key, value, { mask, causal: is_causal, dropout });
      return [result.value, result.weights];
    },
  ),
  "nn.functional.batch_norm": batchNorms,
  "nn.functional.batch_norm/without_cudnn": batchNorms,
  "nn.functional.bilinear": call("left right weight bias=null", ({ left, right, weight, bias }) =>
    bilinear(left, right, weight, bias),
  ),
  "nn.functional.dropout": dropping(dropout),
  "nn.functional.dropout2d": dropping(featureDropout),
  "nn.functional.dropout3d": dropping((x, settings) =>
    x.rank === 5 ? featureDropout(x, settings) : squeeze(featureDropout(unsqueeze(x, 0), settings), 0),
  ),
  "nn.functional.alpha_dropout": dropping(alphaDropout, false),
  "nn.functional.feature_alpha_dropout/with_train": dropping(featureAlphaDropout, false),
  "nn.functional.feature_alpha_dropout/without_train": dropping(featureAlphaDropout, false),
  "nn.functional.group_norm": call(
    "input num_groups weight=null bias=null eps=1e-5",
    ({ input, num_groups, ...settings }) => groupNorm(input, num_groups, settings),
  ),
  "nn.functional.instance_norm": call(
    "input running_mean=null running_var=null weight=null bias=null use_input_stats=true momentum=0.1 eps=1e-5",
    ({ input, running_mean, running_var, use_input_stats, ...settings }) =>
      instanceNorm(input, {
        ...settings,
        training: use_input_stats,
        running: running(running_mean, running_var),
      }).value,
  ),
  "nn.functional.layer_norm": call(
    "input normalized_shape weight=null bias=null eps=1e-5",
    ({ input, normalized_shape, ...settings }) => layerNorm(input, normalized_shape, settings),
  ),
  "nn.functional.linear": call("input weight bias=null", ({ input, weight, bias }) =>
    linear(input, weight, bias),
  ),
  "nn.functional.normalize": call("input p=2 dim=1 eps=1e-12", ({ input, p, dim, eps }) =>
    normalize(input, { p, axis: dim, eps }),
  ),
};
