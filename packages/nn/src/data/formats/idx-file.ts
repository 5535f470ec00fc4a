import { basename } from "node:path";
import { withFile } from "../../saving/file-source.ts";
import type { ByteSource } from "../../saving/safetensors.ts";
import { decodeIdx, type Idx } from "./idx.ts";
import type { UnpackOptions } from "./inflate.ts";

/**
 * Reads a file in the IDX format, packed by gzip or not. Options and errors are those of `readIdx`.
 *
 * @throws ArgumentError if it is no such file, or not whole; errors of the file system
 * @see LeCun, Cortes, Burges, "The MNIST database of handwritten digits"
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);
 * replaceFile(`${folder}/images-idx2-ubyte`, (write) => write(bytes));
 * loadIdx(`${folder}/images-idx2-ubyte`).shape; // [1, 3]
 */
export function loadIdx(file: string, options?: UnpackOptions): Idx {
  const operation = `loadIdx(${basename(file)})`;
  return decodeIdx(operation, withFile(operation, file, allBytes), options);
}

/** Everything that a source has. */
export function allBytes(source: ByteSource): Uint8Array {
  const bytes = new Uint8Array(source.size);
  source.fill(0, bytes);
  return bytes;
}
