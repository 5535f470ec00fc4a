export { type AddedOptions, addbmm, addmm, addmv, addr, baddbmm } from "./added.ts";
export { type CovOptions, corrcoef, cov } from "./covariance.ts";
export { cross } from "./cross.ts";
export { einsum } from "./einsum.ts";
export { bmm, dot, inner, mm, mv, outer } from "./fixed-rank.ts";
export { kron } from "./kron.ts";
export { matmul } from "./matmul.ts";
export { multiDot } from "./multi-dot.ts";
export { tensordot } from "./tensordot.ts";
