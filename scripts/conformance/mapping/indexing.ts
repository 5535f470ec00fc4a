import type { Mapping } from "../call.ts";

export const indexing: Mapping = {};
