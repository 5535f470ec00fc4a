import type { OpEntry } from "../samples.ts";

export const linalgTable: Readonly<Record<string, OpEntry>> = {};
