export type { AppendOptions } from "./node/append-file.ts";
export { JsonLinesFile, loadRun } from "./node/json-lines-file.ts";
export { TensorBoardWriter } from "./node/tensorboard-writer.ts";
