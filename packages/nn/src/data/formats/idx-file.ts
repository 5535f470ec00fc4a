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
 * const { shape, data } = loadIdx("train-images-idx3-ubyte.gz"); // [60000, 28, 28], bytes
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
