import { basename } from "node:path";
import { littleEndian } from "./element-types.ts";
import { withFile } from "./file-source.ts";
import { layout } from "./layout.ts";
import { replaceFile } from "./replace-file.ts";
import { type Metadata, readSafetensors, type Safetensors, type StateDict } from "./safetensors.ts";

/**
 * Writes a safetensors file, tensor by tensor; at every moment the old file is there whole, or the new one.
 *
 * It is on the disk when the call returns. Bytes as `encodeSafetensors` makes them.
 *
 * @param metadata text by name; default none
 * @throws ArgumentError if a tensor is named `__metadata__`, metadata is not text, or a name holds half a character; errors of the file system
 * @see https://github.com/huggingface/safetensors
 * @example
 * saveSafetensors(`${folder}/model.safetensors`, stateDict(model), { epoch: "12" });
 * loadSafetensors(`${folder}/model.safetensors`).metadata; // { epoch: "12" }
 */
export function saveSafetensors(file: string, tensors: StateDict, metadata: Metadata = {}): void {
  const { header, tensors: ordered } = layout(`saveSafetensors(${basename(file)})`, tensors, metadata);
  replaceFile(file, (write) => {
    write(header);
    for (const tensor of ordered) write(littleEndian(tensor.values()));
  });
}

/**
 * Reads a safetensors file straight into tensors, without its bytes beside them.
 *
 * Element types and errors are those of `decodeSafetensors`.
 *
 * @throws ArgumentError if it is no such file, or not whole; errors of the file system
 * @see https://github.com/huggingface/safetensors
 * @example
 * saveSafetensors(`${folder}/model.safetensors`, { weight: tensor([1, 2]) }, { epoch: "12" });
 * const { tensors, metadata } = loadSafetensors(`${folder}/model.safetensors`);
 * tensors.weight; // [1, 2]
 * metadata.epoch; // "12"
 */
export function loadSafetensors(file: string): Safetensors {
  const operation = `loadSafetensors(${basename(file)})`;
  return withFile(operation, file, (source) => readSafetensors(operation, source));
}
