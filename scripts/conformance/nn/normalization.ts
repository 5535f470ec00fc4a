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

const trailing = (Layer: Parameters<typeof like>[0]): ModuleEntry => ({
  ...like(Layer),
  options: { elementwise_affine: "affine" },
});

export const normalization: Readonly<Record<string, ModuleEntry>> = {
  BatchNorm1d: like(BatchNorm1d),
  BatchNorm2d: like(BatchNorm2d),
  BatchNorm3d: like(BatchNorm3d),
  InstanceNorm1d: like(InstanceNorm1d),
  InstanceNorm2d: like(InstanceNorm2d),
  InstanceNorm3d: like(InstanceNorm3d),
  GroupNorm: like(GroupNorm),
  LayerNorm: trailing(LayerNorm),
  RMSNorm: trailing(RMSNorm),
  LocalResponseNorm: like(LocalResponseNorm),
};
