import type { Generator } from "@isograd/autograd";
import type { Family } from "./families/family.ts";
import { faults } from "./faults/index.ts";
import { oddities } from "./oddities/index.ts";
import type { RunResult } from "./result.ts";
import type { Setting } from "./setting.ts";

/** A network that is to be trained, and why. */
export interface Candidate extends Pick<RunResult, "group" | "rightCauses"> {
  readonly kind: "grid" | "fault" | "oddity";
  readonly variant: string;
  readonly setting: Setting;
  /** Of the grid's member that it was made from. */
  readonly origin: string;
  readonly base: Setting;
}

/** The grid of a litter. */
export const gridOf = (family: Family, generator: Generator): Candidate[] =>
  family.grid(generator.fork("grid")).map(({ name, setting }) => ({
    kind: "grid",
    variant: name,
    setting,
    origin: name,
    base: setting,
    group: null,
    rightCauses: [],
  }));

/** Faults in an order of the seed's own, each in a good member that has a place for it. */
export function spoilt(
  family: Family,
  good: readonly Candidate[],
  count: number,
  generator: Generator,
): Candidate[] {
  const order = generator.fork("faults").permutation(faults.length);
  const found: Candidate[] = [];
  for (const place of order) {
    if (found.length === count) break;
    const { name, group, rightCauses, inject } = faults[place];
    const draws = generator.fork(`fault ${name}`);
    for (const member of shuffled(good, draws)) {
      const setting = inject(member.setting, draws, family);
      if (setting === null) continue;
      found.push({ ...member, kind: "fault", variant: name, setting, group, rightCauses });
      break;
    }
  }
  return found;
}

/** Oddities, likewise. */
export function changed(
  family: Family,
  good: readonly Candidate[],
  count: number,
  generator: Generator,
): Candidate[] {
  const order = generator.fork("oddities").permutation(oddities.length);
  const found: Candidate[] = [];
  for (const place of order) {
    if (found.length === count) break;
    const { name, change } = oddities[place];
    for (const member of shuffled(good, generator.fork(`oddity ${name}`))) {
      const setting = change(member.setting, family);
      if (setting === null) continue;
      found.push({ ...member, kind: "oddity", variant: name, setting });
      break;
    }
  }
  return found;
}

const shuffled = <T>(list: readonly T[], generator: Generator): T[] =>
  Array.from(generator.permutation(list.length), (place) => list[place]);
