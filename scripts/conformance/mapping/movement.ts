import type { Mapping } from "../call.ts";

export const movement: Mapping = {};
