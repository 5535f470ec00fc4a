import type { Mapping } from "../call.ts";

export const products: Mapping = {};
