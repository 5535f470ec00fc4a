import type { Mapping } from "../call.ts";

export const activations: Mapping = {};
