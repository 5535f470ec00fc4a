import type { RunResult } from "../result.ts";

/** What a process that trains a litter says. */
export type Message =
  /** Another run is done. */
  | { readonly kind: "run" }
  | { readonly kind: "done"; readonly runs: readonly RunResult[]; readonly seconds: number }
  | { readonly kind: "crash"; readonly stack: string };
