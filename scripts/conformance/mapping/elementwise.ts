import type { Mapping } from "../call.ts";

export const elementwise: Mapping = {};
