import type { Generator } from "@isograd/autograd";
import type { Cause } from "@isograd/diagnostics";
import type { Family } from "../families/family.ts";
import type { FaultGroup } from "../result.ts";
import type { Setting } from "../setting.ts";

/** One way to spoil a setting. */
export interface Fault {
  readonly name: string;
  readonly group: FaultGroup;
  /** Which parts of a cause are right for it; any will do. */
  readonly rightCauses: readonly Cause["part"][];
  /** The setting with the fault, as grave as the generator draws it; null where it has no place. */
  readonly inject: (setting: Setting, generator: Generator, family: Family) => Setting | null;
}

/** 10 to a power that is uniform within [from, to). */
export const power = (generator: Generator, from: number, to: number): number =>
  10 ** (from + (to - from) * generator.uniform());

/** Uniform within [from, to). */
export const between = (generator: Generator, from: number, to: number): number =>
  from + (to - from) * generator.uniform();
