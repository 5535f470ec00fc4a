import {
  celu,
  elu,
  gelu,
  geluTanh,
  glu,
  hardSigmoid,
  hardSwish,
  hardshrink,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  prelu,
  relu,
  relu6,
  reshape,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  type Tensor,
  tanhshrink,
  threshold,
} from "@isograd/autograd";
import { call, type Mapping, same } from "../call.ts";

/** One number for each channel, the second axis, ready to broadcast. */
const alongChannels = (weight: Tensor, input: Tensor): Tensor =>
  input.rank < 2 || weight.rank === 0
    ? weight
    : reshape(weight, [weight.size, ...input.shape.slice(2).map(() => 1)]);

export const activations: Mapping = {
  ...same({ sigmoid }),
  ...same({ mish, relu, relu6, selu, silu, softsign, tanhshrink }, "nn.functional."),
  "nn.functional.celu": call("input alpha=1", ({ input, alpha }) => celu.with({ alpha })(input)),
  "nn.functional.elu": call("input alpha=1", ({ input, alpha }) => elu.with({ alpha })(input)),
  "nn.functional.gelu": call('input approximate="none"', ({ input, approximate }) =>
    (approximate === "tanh" ? geluTanh : gelu)(input),
  ),
  "nn.functional.glu": call("input dim=-1", ({ input, dim }) => glu(input, dim)),
  "nn.functional.hardshrink": call("input lambd=0.5", ({ input, lambd }) =>
    hardshrink.with({ lambda: lambd })(input),
  ),
  "nn.functional.hardsigmoid": call("input", ({ input }) => hardSigmoid(input)),
  "nn.functional.hardswish": call("input", ({ input }) => hardSwish(input)),
  "nn.functional.hardtanh": call("input min_val=-1 max_val=1", ({ input, min_val, max_val }) =>
    hardtanh.with({ minimum: min_val, maximum: max_val })(input),
  ),
  "nn.functional.leaky_relu": call("input negative_slope=0.01", ({ input, negative_slope }) =>
    leakyRelu.with({ negativeSlope: negative_slope })(input),
  ),
  "nn.functional.logsigmoid": call("input", ({ input }) => logSigmoid(input)),
  "nn.functional.prelu": call("input weight", ({ input, weight }) =>
    prelu(input, alongChannels(weight, input)),
  ),
  "nn.functional.softplus": call("input beta=1 threshold=20", ({ input, beta, threshold: end }) =>
    softplus.with({ beta, threshold: end })(input),
  ),
  "nn.functional.softshrink": call("input lambd=0.5", ({ input, lambd }) =>
    softshrink.with({ lambda: lambd })(input),
  ),
  "nn.functional.threshold": call("input threshold value", ({ input, threshold: end, value }) =>
    threshold.with({ threshold: end, value })(input),
  ),
};
