import type { OperatorResult } from "../run.ts";
import type { Check, NnCase } from "./case.ts";
import { checkClipNorm, checkClipValue } from "./clipping.ts";
import { checkGain } from "./gains.ts";
import { checkModule } from "./modules.ts";
import { checkOptimizer } from "./optimizers.ts";
import { checkSchedule } from "./schedules.ts";

const checks: { readonly [K in NnCase["kind"]]: Check<Extract<NnCase, { kind: K }>> } = {
  optimizer: checkOptimizer,
  schedule: checkSchedule,
  clip_grad_norm: checkClipNorm,
  clip_grad_value: checkClipValue,
  gain: checkGain,
  module: checkModule,
};

/** What a case is about: its kind, and its name where it has one. */
export const subjectOf = (entry: NnCase): string =>
  "name" in entry ? `${entry.kind} ${entry.name}` : entry.kind;

/** Runs cases of layers, optimizers and their like, subject by subject; what is not offered has failed. */
export function runNn(cases: readonly NnCase[]): OperatorResult[] {
  const groups = new Map<string, NnCase[]>();
  for (const entry of cases) {
    const subject = subjectOf(entry);
    groups.set(subject, [...(groups.get(subject) ?? []), entry]);
  }
  return [...groups].map(([op, entries]) => {
    const failures = entries.flatMap((entry, index) => {
      const detail = verdict(entry);
      return detail === null ? [] : [{ index, detail }];
    });
    const status = failures.length > 0 ? "failed" : "passed";
    return { op, status, passed: entries.length - failures.length, skipped: 0, failures };
  });
}

/** What is wrong with a case, in words, or null. */
export function verdict(entry: NnCase): string | null {
  try {
    return (checks[entry.kind] as Check<NnCase>)(entry);
  } catch (error) {
    return error instanceof Error && error.message === "not offered"
      ? error.message
      : `throws ${String(error)}`;
  }
}
