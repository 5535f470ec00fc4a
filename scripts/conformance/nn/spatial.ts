import type { AnyModule } from "@isograd/nn";
import * as nn from "@isograd/nn";
import type { Options } from "./case.ts";
import { like, type ModuleEntry } from "./module-entry.ts";

type Layer = new (options: never) => AnyModule;

/** What PyTorch writes as None is left out here. */
const given = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));

const pooling = (Pool: Layer): ModuleEntry => ({ make: (options) => new Pool(given(options) as never) });

const maxPooling = (Values: Layer, WithIndices: Layer): ModuleEntry => ({
  make: ({ returnIndices, ...options }) =>
    new (returnIndices === true ? WithIndices : Values)(given(options) as never),
});

/** The extents of an adaptive pooling may be None: they stay. */
const adaptiveMaxPooling = (Values: Layer, WithIndices: Layer): ModuleEntry => ({
  make: ({ returnIndices, ...options }) =>
    new (returnIndices === true ? WithIndices : Values)(options as never),
});

/** PyTorch's widths go from the last axis to the first, in one list. */
const padding = (Pad: Layer): ModuleEntry => ({
  make: ({ padding: widths, ...options }) => {
    const pairs = Array.isArray(widths)
      ? Array.from({ length: widths.length / 2 }, (_, k) => [widths[2 * k], widths[2 * k + 1]]).reverse()
      : widths;
    return new Pad({ ...options, padding: pairs } as never);
  },
});

export const spatial: Readonly<Record<string, ModuleEntry>> = {
  Conv1d: like(nn.Conv1d),
  Conv2d: like(nn.Conv2d),
  Conv3d: like(nn.Conv3d),
  ConvTranspose1d: like(nn.ConvTranspose1d),
  ConvTranspose2d: like(nn.ConvTranspose2d),
  ConvTranspose3d: like(nn.ConvTranspose3d),
  MaxPool1d: maxPooling(nn.MaxPool1d, nn.MaxPool1dWithIndices),
  MaxPool2d: maxPooling(nn.MaxPool2d, nn.MaxPool2dWithIndices),
  MaxPool3d: maxPooling(nn.MaxPool3d, nn.MaxPool3dWithIndices),
  MaxUnpool1d: pooling(nn.MaxUnpool1d),
  MaxUnpool2d: pooling(nn.MaxUnpool2d),
  MaxUnpool3d: pooling(nn.MaxUnpool3d),
  AvgPool1d: pooling(nn.AvgPool1d),
  AvgPool2d: pooling(nn.AvgPool2d),
  AvgPool3d: pooling(nn.AvgPool3d),
  LPPool1d: pooling(nn.LPPool1d),
  LPPool2d: pooling(nn.LPPool2d),
  AdaptiveAvgPool1d: like(nn.AdaptiveAvgPool1d),
  AdaptiveAvgPool2d: like(nn.AdaptiveAvgPool2d),
  AdaptiveAvgPool3d: like(nn.AdaptiveAvgPool3d),
  AdaptiveMaxPool1d: adaptiveMaxPooling(nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool1dWithIndices),
  AdaptiveMaxPool2d: adaptiveMaxPooling(nn.AdaptiveMaxPool2d, nn.AdaptiveMaxPool2dWithIndices),
  AdaptiveMaxPool3d: adaptiveMaxPooling(nn.AdaptiveMaxPool3d, nn.AdaptiveMaxPool3dWithIndices),
  ConstantPad1d: padding(nn.ConstantPad1d),
  ConstantPad2d: padding(nn.ConstantPad2d),
  ConstantPad3d: padding(nn.ConstantPad3d),
  ZeroPad1d: padding(nn.ZeroPad1d),
  ZeroPad2d: padding(nn.ZeroPad2d),
  ZeroPad3d: padding(nn.ZeroPad3d),
  ReflectionPad1d: padding(nn.ReflectionPad1d),
  ReflectionPad2d: padding(nn.ReflectionPad2d),
  ReflectionPad3d: padding(nn.ReflectionPad3d),
  ReplicationPad1d: padding(nn.ReplicationPad1d),
  ReplicationPad2d: padding(nn.ReplicationPad2d),
  ReplicationPad3d: padding(nn.ReplicationPad3d),
  CircularPad1d: padding(nn.CircularPad1d),
  CircularPad2d: padding(nn.CircularPad2d),
  CircularPad3d: padding(nn.CircularPad3d),
};
