export { type CheckpointParts, captureCheckpoint, restoreCheckpoint } from "./checkpoint.ts";
export { CheckpointError } from "./checkpoint-error.ts";
export type { CheckpointPart } from "./checkpoint-part.ts";
export type { CheckpointProgress, CheckpointStore, CheckpointTimes } from "./checkpoint-store.ts";
export { type LoadOptions, loadStateDict } from "./load-state-dict.ts";
export { type PackedState, packState } from "./pack-state.ts";
export { fromPyTorchNames, type PyTorchOptions, pyTorchNames, toPyTorchNames } from "./pytorch-names.ts";
export type { PyTorchNames } from "./pytorch-table.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Metadata,
  type Safetensors,
  type StateDict,
} from "./safetensors.ts";
export { stateDict } from "./state-dict.ts";
export { type LoadReport, type Misfit, StateDictError } from "./state-dict-error.ts";
export { unpackState } from "./unpack-state.ts";
