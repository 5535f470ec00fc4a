import type { Oddity } from "./oddity.ts";

export const dataOddities: readonly Oddity[] = [
  {
    name: "sparse inputs",
    // Where every input counts, as the two coordinates of a point do, their loss is a fault of the data.
    change: (setting, { isRedundant }) => (isRedundant ? { ...setting, sparsity: 0.5 } : null),
  },
  {
    name: "few of one class",
    change: (setting, { kind }) => (kind === "numbers" ? null : { ...setting, kept: 0.2 }),
  },
  {
    name: "rows that no text uses",
    change: (setting, { network }) => (network === "texts" ? { ...setting, preparation: "spareRows" } : null),
  },
];
