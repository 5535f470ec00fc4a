import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { ArgumentError } from "@isograd/autograd";
import { littleEndian } from "./element-types.ts";
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
 * saveSafetensors("model.safetensors", stateDict(model), { epoch: "12" });
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
 * const { tensors, metadata } = loadSafetensors("model.safetensors");
 */
export function loadSafetensors(file: string): Safetensors {
  const operation = `loadSafetensors(${basename(file)})`;
  const descriptor = openSync(file, "r");
  try {
    return readSafetensors(operation, {
      size: fstatSync(descriptor).size,
      fill: (position, target) => {
        for (let at = 0; at < target.length; ) {
          const length = Math.min(target.length - at, 2 ** 30);
          const count = readSync(descriptor, target, at, length, position + at);
          if (count === 0)
            throw new ArgumentError(
              operation,
              "expected a file that keeps its length",
              `an end at ${position + at}`,
            );
          at += count;
        }
      },
    });
  } finally {
    closeSync(descriptor);
  }
}
