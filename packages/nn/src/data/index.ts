export { Batches, type BatchOptions, batches } from "./batches.ts";
export type { Batch, Column, Dataset } from "./dataset.ts";
export type { GeneratorState, PassState } from "./passes.ts";
