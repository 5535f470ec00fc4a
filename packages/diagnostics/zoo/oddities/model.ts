import { isRecurrent } from "../families/family.ts";
import type { Oddity } from "./oddity.ts";

export const modelOddities: readonly Oddity[] = [
  { name: "f64", change: (setting) => ({ ...setting, dtype: "f64" }) },
  {
    name: "frozen layers",
    change: (setting, family) => (isRecurrent(family) ? null : { ...setting, preparation: "frozen" }),
  },
  {
    name: "shared weights",
    change: (setting, { network }) =>
      network === "plain" && setting.depth > 3 ? { ...setting, preparation: "shared" } : null,
  },
  {
    name: "dropout",
    change: (setting, family) =>
      isRecurrent(family) || setting.width < 16 ? null : { ...setting, dropout: 0.3 },
  },
  {
    name: "very wide",
    change: (setting, { network }) => ({
      ...setting,
      width: (network === "convolutional" ? 2 : 4) * setting.width,
      learningRate: setting.learningRate / 2,
    }),
  },
  {
    name: "very shallow",
    change: (setting, family) => (isRecurrent(family) ? null : { ...setting, depth: 2 }),
  },
];
