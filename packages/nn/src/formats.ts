export { type Idx, readIdx } from "./data/formats/idx.ts";
export type { UnpackOptions } from "./data/formats/inflate.ts";
