import type { Setting } from "../setting.ts";
import { followsScale, type Oddity } from "./oddity.ts";

/** A factor on the loss, with the learning rate divided by it: the same training. */
function scaled(setting: Setting, factor: number): Setting | null {
  if (!followsScale(setting)) return null;
  const clipping = setting.clipping === null ? null : setting.clipping * factor;
  return { ...setting, lossFactor: factor, learningRate: setting.learningRate / factor, clipping };
}

export const lossOddities: readonly Oddity[] = [
  { name: "loss x 1e6", change: (setting) => scaled(setting, 1e6) },
  { name: "loss x 1e-6", change: (setting) => scaled(setting, 1e-6) },
  { name: "sum in place of a mean", change: (setting) => scaled(setting, setting.batch) },
];
