import { basename } from "node:path";
import type { Tensor } from "@isograd/autograd";
import { withFile } from "../../saving/file-source.ts";
import { replaceFile } from "../../saving/replace-file.ts";
import { decodeNpy, encodeNpy, type NpyOptions } from "./npy.ts";

/**
 * Reads a .npy file straight into a tensor, without its bytes beside it. Options, element types and errors are those of `readNpy`.
 *
 * @throws ArgumentError if it is no such file, or not whole; errors of the file system
 * @see numpy.load
 * @example
 * saveNpy(`${folder}/weights.npy`, tensor([1, 2, 3]));
 * loadNpy(`${folder}/weights.npy`); // [1, 2, 3]
 */
export function loadNpy(file: string, options?: NpyOptions): Tensor {
  const operation = `loadNpy(${basename(file)})`;
  return withFile(operation, file, (source) => decodeNpy(operation, source, options));
}

/**
 * Writes a .npy file; at every moment the old file is there whole, or the new one. Bytes as `writeNpy` makes them.
 *
 * @throws ArgumentError if it is no tensor; errors of the file system
 * @see numpy.save
 * @example
 * saveNpy(`${folder}/weights.npy`, tensor([1, 2, 3]));
 */
export function saveNpy(file: string, tensor: Tensor): void {
  replaceFile(file, (write) => {
    for (const part of encodeNpy(`saveNpy(${basename(file)})`, tensor)) write(part);
  });
}
