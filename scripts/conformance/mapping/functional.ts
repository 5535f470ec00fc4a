import type { Mapping } from "../call.ts";

export const functional: Mapping = {};
