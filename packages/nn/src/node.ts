export { replaceFile, type Write } from "./saving/replace-file.ts";
export type { Metadata, Safetensors, StateDict } from "./saving/safetensors.ts";
export { loadSafetensors, saveSafetensors } from "./saving/safetensors-file.ts";
