import type { Mapping } from "../call.ts";

export const linalg: Mapping = {};
