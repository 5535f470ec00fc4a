import type { Mapping } from "../call.ts";

export const spatial: Mapping = {};
