import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LayerNorm,
  LocalResponseNorm,
  RMSNorm,
} from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

const ofChannels = (Layer: Parameters<typeof like>[0]): ModuleEntry => ({
  ...like(Layer),
  names: { running_var: "runningVariance", num_batches_tracked: "batchesTracked" },
});

const trailing = (Layer: Parameters<typeof like>[0]): ModuleEntry => ({
  ...like(Layer),
  options: { elementwise_affine: "affine" },
});

export const normalization: Readonly<Record<string, ModuleEntry>> = {
  BatchNorm1d: ofChannels(BatchNorm1d),
  BatchNorm2d: ofChannels(BatchNorm2d),
  BatchNorm3d: ofChannels(BatchNorm3d),
  InstanceNorm1d: ofChannels(InstanceNorm1d),
  InstanceNorm2d: ofChannels(InstanceNorm2d),
  InstanceNorm3d: ofChannels(InstanceNorm3d),
  GroupNorm: like(GroupNorm),
  LayerNorm: trailing(LayerNorm),
  RMSNorm: trailing(RMSNorm),
  LocalResponseNorm: like(LocalResponseNorm),
};
