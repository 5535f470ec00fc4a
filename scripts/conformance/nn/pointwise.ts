import type { AnyModule } from "@isograd/nn";
import * as nn from "@isograd/nn";
import type { Options } from "./case.ts";
import { like, type ModuleEntry } from "./module-entry.ts";

/** A layer whose options are called otherwise there; those without a value, and those that only save memory, are left out. */
const named = (
  Layer: new (options: never) => AnyModule,
  options: Readonly<Record<string, string>> = {},
): ModuleEntry => ({
  options,
  make: ({ dtype: _, inplace: __, ...rest }: Options) =>
    new Layer(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as never),
});

/** Activations, dropouts, and layers that only move elements. */
export const pointwise: Readonly<Record<string, ModuleEntry>> = {
  CELU: named(nn.CELU),
  ELU: named(nn.ELU),
  GELU: named(nn.GELU),
  GLU: named(nn.GLU, { dim: "axis" }),
  Hardshrink: named(nn.Hardshrink, { lambd: "lambda" }),
  Hardsigmoid: named(nn.Hardsigmoid),
  Hardswish: named(nn.Hardswish),
  Hardtanh: named(nn.Hardtanh, { min_val: "minimum", max_val: "maximum" }),
  LeakyReLU: named(nn.LeakyReLU),
  LogSigmoid: named(nn.LogSigmoid),
  LogSoftmax: named(nn.LogSoftmax, { dim: "axis" }),
  Mish: named(nn.Mish),
  ReLU: named(nn.ReLU),
  ReLU6: named(nn.ReLU6),
  RReLU: named(nn.RReLU),
  SELU: named(nn.SELU),
  SiLU: named(nn.SiLU),
  Sigmoid: named(nn.Sigmoid),
  Softmax2d: named(nn.Softmax2d),
  Softmax: named(nn.Softmax, { dim: "axis" }),
  Softmin: named(nn.Softmin, { dim: "axis" }),
  Softplus: named(nn.Softplus),
  Softshrink: named(nn.Softshrink, { lambd: "lambda" }),
  Softsign: named(nn.Softsign),
  Tanh: named(nn.Tanh),
  Tanhshrink: named(nn.Tanhshrink),
  Threshold: named(nn.Threshold),
  Dropout: named(nn.Dropout, { p: "probability" }),
  Dropout1d: named(nn.Dropout1d, { p: "probability" }),
  Dropout2d: named(nn.Dropout2d, { p: "probability" }),
  Dropout3d: named(nn.Dropout3d, { p: "probability" }),
  AlphaDropout: named(nn.AlphaDropout, { p: "probability" }),
  FeatureAlphaDropout: named(nn.FeatureAlphaDropout, { p: "probability" }),
  ChannelShuffle: named(nn.ChannelShuffle),
  Flatten: named(nn.Flatten, { start_dim: "startAxis", end_dim: "endAxis" }),
  Fold: named(nn.Fold),
  Identity: like(nn.Identity as never),
  PixelShuffle: named(nn.PixelShuffle),
  PixelUnshuffle: named(nn.PixelUnshuffle),
  Unflatten: named(nn.Unflatten, { dim: "axis", unflattened_size: "sizes" }),
  Unfold: named(nn.Unfold),
  Upsample: named(nn.Upsample),
  UpsamplingBilinear2d: named(nn.UpsamplingBilinear2d),
  UpsamplingNearest2d: named(nn.UpsamplingNearest2d),
};
