import { Generator } from "@isograd/autograd";
import { families } from "./families/index.ts";
import type { SeedSet } from "./result.ts";

/** All runs of a family on one seed: the grid of healthy settings, and some of its good members with faults and oddities. */
export interface LitterPlan {
  readonly set: SeedSet;
  readonly family: string;
  readonly index: number;
  /** How many faults are injected, each into a network of its own; and how many oddities. */
  readonly faults: number;
  readonly oddities: number;
  readonly repairs: boolean;
}

/** Where all draws of a litter come from. The name of the set is part of it, so no seed is in two sets. */
export const seedOf = ({ set, family, index }: Pick<LitterPlan, "set" | "family" | "index">): string =>
  `${set}/${family}/${index}`;

/** The first litter of each set. Of the published set those below were looked at while detectors and remedies were built. */
const firstIndex: Readonly<Record<SeedSet, number>> = { tuning: 0, calibration: 0, published: 300 };

/** How much is asked for. */
export interface Wish {
  readonly set: SeedSet;
  /** Only families whose name holds this. */
  readonly family: string;
  /** Healthy runs, at least about. */
  readonly healthy: number;
  /** Faulty runs, about: half of the faults that are injected spoil the outcome. */
  readonly faulty: number;
  readonly repairs: boolean;
}

/** The share of a grid that comes out healthy, and of the faults that spoil the outcome, *measured* on the tuning set. */
const healthyShare = 0.88;
const spoilingShare = 0.5;

/** The litters that bring about so many runs, from family to family and seed to seed. */
export function planLitters({ set, family, healthy, faulty, repairs }: Wish): LitterPlan[] {
  const some = families.filter(({ name }) => name.includes(family));
  const sizes = some.map(({ grid }) => grid(new Generator("plan")).length);
  const expected = healthyShare * sizes.reduce((sum, size) => sum + size, 0);
  const seeds = Math.max(1, Math.ceil(healthy / expected));
  const injected = Math.ceil(faulty / spoilingShare);
  return Array.from({ length: seeds * some.length }, (_, k) => ({
    set,
    family: some[k % some.length].name,
    index: firstIndex[set] + Math.floor(k / some.length),
    // So many each that all together are as many as are to be injected.
    faults:
      Math.floor(((k + 1) * injected) / (seeds * some.length)) -
      Math.floor((k * injected) / (seeds * some.length)),
    oddities: 1 + (k % 2),
    repairs,
  }));
}
