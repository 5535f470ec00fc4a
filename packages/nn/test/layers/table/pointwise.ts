import { mean, mul, type Tensor, tanh } from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { type LayerRow, plain } from "./row.ts";

const random = (name: string, make: () => nn.Module, shape: readonly number[]): LayerRow => [
  name,
  make,
  shape,
  "",
  "",
  { output: shape, random: true },
];

const linear = (): nn.Module => new nn.Linear({ inFeatures: 3, outFeatures: 2, dtype: "f64" });
const doubled = (x: Tensor): Tensor => mul(x, 2);
const both = (names: readonly string[]): string =>
  names.flatMap((name) => [`${name}.weight`, `${name}.bias`]).join(" ");

/** Activations, dropout, what only moves elements, and what holds other layers. */
export const pointwiseLayers: readonly LayerRow[] = [
  plain("CELU", () => new nn.CELU({ alpha: 0.7 }), [4, 3]),
  plain("ELU", () => new nn.ELU({ alpha: 1.5 }), [4, 3]),
  plain("GELU", () => new nn.GELU(), [4, 3]),
  plain("GELU by tanh", () => new nn.GELU({ approximate: "tanh" }), [4, 3]),
  plain("Hardshrink", () => new nn.Hardshrink({ lambda: 0.3 }), [4, 3]),
  plain("Hardsigmoid", () => new nn.Hardsigmoid(), [4, 3]),
  plain("Hardswish", () => new nn.Hardswish(), [4, 3]),
  plain("Hardtanh", () => new nn.Hardtanh({ minimum: -0.5 }), [4, 3]),
  plain("LeakyReLU", () => new nn.LeakyReLU({ negativeSlope: 0.2 }), [4, 3]),
  plain("LogSigmoid", () => new nn.LogSigmoid(), [4, 3]),
  plain("Mish", () => new nn.Mish(), [4, 3]),
  plain("ReLU", () => new nn.ReLU(), [4, 3]),
  plain("ReLU6", () => new nn.ReLU6(), [4, 3]),
  plain("SELU", () => new nn.SELU(), [4, 3]),
  plain("SiLU", () => new nn.SiLU(), [4, 3]),
  plain("Sigmoid", () => new nn.Sigmoid(), [4, 3]),
  plain("Softplus", () => new nn.Softplus({ beta: 2 }), [4, 3]),
  plain("Softshrink", () => new nn.Softshrink(), [4, 3]),
  plain("Softsign", () => new nn.Softsign(), [4, 3]),
  plain("Tanh", () => new nn.Tanh(), [4, 3]),
  plain("Tanhshrink", () => new nn.Tanhshrink(), [4, 3]),
  plain("Threshold", () => new nn.Threshold({ threshold: 0.1, value: -2 }), [4, 3]),
  plain("Softmax", () => new nn.Softmax({ axis: 0 }), [4, 3]),
  plain("Softmax2d", () => new nn.Softmax2d(), [2, 3, 1, 2]),
  plain("Softmin", () => new nn.Softmin(), [4, 3]),
  plain("LogSoftmax", () => new nn.LogSoftmax({ axis: 1 }), [2, 3, 2]),
  plain("GLU", () => new nn.GLU(), [3, 4], [3, 2]),
  plain("SwiGLU", () => new nn.SwiGLU({ axis: 0 }), [4, 3], [2, 3]),
  plain("GEGLU", () => new nn.GEGLU(), [3, 4], [3, 2]),
  random("RReLU", () => new nn.RReLU(), [4, 3]),
  random("Dropout1d", () => new nn.Dropout1d(), [2, 3, 4]),
  random("Dropout2d", () => new nn.Dropout2d(), [2, 3, 2, 2]),
  random("Dropout3d", () => new nn.Dropout3d(), [2, 3, 1, 2, 2]),
  random("AlphaDropout", () => new nn.AlphaDropout(), [4, 3]),
  random("FeatureAlphaDropout", () => new nn.FeatureAlphaDropout(), [2, 3, 2]),
  plain("Unflatten", () => new nn.Unflatten({ sizes: [2, -1] }), [2, 6], [2, 2, 3]),
  plain("Identity", () => new nn.Identity(), [2, 3]),
  plain("Lambda", () => new nn.Lambda((x) => mean(x, { axis: -1 })), [2, 3], [2]),
  [
    "Maxout",
    () => new nn.Maxout({ inFeatures: 3, outFeatures: 2, pieces: 3, dtype: "f64" }),
    [2, 2, 3],
    "weight bias",
    "",
    { output: [2, 2, 2] },
  ],
  [
    "Highway",
    () => new nn.Highway({ features: 3, activation: tanh, dtype: "f64" }),
    [4, 3],
    both(["transform", "gate"]),
    "",
    { output: [4, 3] },
  ],
  [
    "Parallel, side by side",
    () => new nn.Parallel({ branches: [linear(), doubled] }),
    [4, 3],
    both(["branches.0"]),
    "",
    { output: [4, 5] },
  ],
  [
    "Parallel, added up",
    () => new nn.Parallel({ branches: [linear(), linear()], join: "sum" }),
    [4, 3],
    both(["branches.0", "branches.1"]),
    "",
    { output: [4, 2] },
  ],
];
