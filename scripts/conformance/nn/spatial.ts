import { Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from "@isograd/nn";
import { like, type ModuleEntry } from "./module-entry.ts";

export const spatial: Readonly<Record<string, ModuleEntry>> = {
  Conv1d: like(Conv1d),
  Conv2d: like(Conv2d),
  Conv3d: like(Conv3d),
  ConvTranspose1d: like(ConvTranspose1d),
  ConvTranspose2d: like(ConvTranspose2d),
  ConvTranspose3d: like(ConvTranspose3d),
};
