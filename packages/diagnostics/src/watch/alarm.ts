import type { Cause } from "../finding.ts";

/** What findings of a watcher have in common: they are alarms, of no place in particular, and no band was drawn for them. */
export const alarm = { severity: "alarm", places: [], band: null, pValue: null } as const;

/** One cause, and the part that it lies in. */
export const because = (explanation: string, part: Cause["part"] = "operation"): readonly Cause[] => [
  { part, logShare: Number.NaN, explanation },
];
