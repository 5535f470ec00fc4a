export { type Idx, readIdx } from "./data/formats/idx.ts";
export type { UnpackOptions } from "./data/formats/inflate.ts";
export { type NpyOptions, readNpy, writeNpy } from "./data/formats/npy.ts";
export { type NpzOptions, readNpz, type WriteNpzOptions, writeNpz } from "./data/formats/npz.ts";
