import type { Rival } from "../observation.ts";

/** A line of the table of what was to be reached. */
export interface Target {
  readonly what: string;
  readonly asked: string;
  readonly published: string;
  readonly measured: string;
  /** Null: not measured. */
  readonly isMet: boolean | null;
}

/** How the runs came about. */
export interface Circumstances {
  /** Such as 2026-11-27. */
  readonly date: string;
  /** That makes them again. */
  readonly command: string;
  readonly machine: string;
  readonly node: string;
  /** Wall time of the command; what was trained before is not in it. */
  readonly seconds: number;
  readonly families: readonly { readonly name: string; readonly description: string }[];
  readonly rivals: readonly Pick<Rival, "name" | "source">[];
  /** What was measured by other commands. */
  readonly elsewhere: readonly Target[];
}
