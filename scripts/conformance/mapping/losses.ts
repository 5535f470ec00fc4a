import type { Mapping } from "../call.ts";

export const losses: Mapping = {};
