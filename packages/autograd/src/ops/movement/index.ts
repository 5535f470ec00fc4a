export { expand, flatten, permute, reshape, squeeze, transpose, unsqueeze } from "./movement.ts";
export { concat, flip, pad, type Range, select, slice, split, stack } from "./slice.ts";
