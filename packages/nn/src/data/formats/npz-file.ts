import { basename } from "node:path";
import { withFile } from "../../saving/file-source.ts";
import { replaceFile } from "../../saving/replace-file.ts";
import type { StateDict } from "../../saving/safetensors.ts";
import { allBytes } from "./idx-file.ts";
import { decodeNpz, encodeNpz, type NpzOptions, type WriteNpzOptions } from "./npz.ts";

/**
 * Reads a .npz file. Options, element types and errors are those of `readNpz`.
 *
 * @throws ArgumentError if it is no such file, or not whole; errors of the file system
 * @see numpy.load
 * @example
 * saveNpz(`${folder}/arrays.npz`, { inputs: tensor([[1, 2]]), targets: tensor([0], { dtype: "i32" }) });
 * loadNpz(`${folder}/arrays.npz`).inputs; // [[1, 2]]
 */
export function loadNpz(file: string, options?: NpzOptions): StateDict {
  const operation = `loadNpz(${basename(file)})`;
  return decodeNpz(operation, withFile(operation, file, allBytes), options);
}

/**
 * Writes a .npz file; at every moment the old file is there whole, or the new one. Bytes and errors are those of `writeNpz`.
 *
 * @throws errors of the file system, too
 * @see numpy.savez; numpy.savez_compressed
 * @example
 * saveNpz(`${folder}/arrays.npz`, { inputs: tensor([[1, 2]]) }, { compress: true });
 */
export function saveNpz(file: string, arrays: StateDict, options?: WriteNpzOptions): void {
  const bytes = encodeNpz(`saveNpz(${basename(file)})`, arrays, options);
  replaceFile(file, (write) => write(bytes));
}
