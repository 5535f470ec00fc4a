import type { Mapping } from "../call.ts";

export const reductions: Mapping = {};
