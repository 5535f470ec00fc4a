import { type Mapping, NotOffered } from "./call.ts";
import type { Case } from "./case.ts";
import { check } from "./check.ts";

export interface OperatorResult {
  readonly op: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly index: number; readonly detail: string }[];
  /** Why the operator is skipped. */
  readonly reason?: string;
}

/** Runs all cases, operator by operator, in the order in which they first come. */
export function run(
  cases: readonly Case[],
  mapping: Mapping,
  reasons: Readonly<Record<string, string>>,
): OperatorResult[] {
  const byOperator = group(cases);
  return [...byOperator].map(([op, entries]) => runOperator(op, entries, mapping, reasons));
}

function group(cases: readonly Case[]): Map<string, Case[]> {
  const groups = new Map<string, Case[]>();
  for (const entry of cases) groups.set(entry.op, [...(groups.get(entry.op) ?? []), entry]);
  return groups;
}

function runOperator(
  op: string,
  entries: readonly Case[],
  mapping: Mapping,
  reasons: Readonly<Record<string, string>>,
): OperatorResult {
  const skip = (reason: string): OperatorResult => ({
    op,
    status: "skipped",
    passed: 0,
    skipped: entries.length,
    failures: [],
    reason,
  });
  if (Object.hasOwn(reasons, op)) return skip(reasons[op]);
  if (!Object.hasOwn(mapping, op)) return skip("not offered");
  const call = mapping[op];
  const failures: { index: number; detail: string }[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      const detail = check(entry, call);
      if (detail !== null) failures.push({ index, detail });
    } catch (error) {
      if (error instanceof NotOffered) return skip(error.message);
      failures.push({ index, detail: `throws ${String(error)}` });
    }
  }
  const status = failures.length > 0 ? "failed" : "passed";
  return { op, status, passed: entries.length - failures.length, skipped: 0, failures };
}
