import type { OpEntry } from "../samples.ts";

export const functionalTable: Readonly<Record<string, OpEntry>> = {};
