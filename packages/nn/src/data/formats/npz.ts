import { ArgumentError, type Tensor } from "@isograd/autograd";
import { zipSync } from "fflate";
import type { StateDict } from "../../saving/safetensors.ts";
import { checkSum, inflate, maxBytesOf, type UnpackOptions } from "./inflate.ts";
import { joined } from "./joined.ts";
import { decodeNpy, encodeNpy, type NpyOptions, sourceOf } from "./npy.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

export interface NpzOptions extends NpyOptions, UnpackOptions {}

export interface WriteNpzOptions {
  /** Whether to pack the numbers; default false. */
  readonly compress?: boolean;
}

/**
 * Reads the bytes of a .npz file, numpy's form of several arrays by name, packed or not.
 *
 * Each array is read as by `readNpy`. Names are keys and nothing else, whatever they look like; the record has no prototype, so every name is its own.
 * Checksums are checked; no room is made for what an array cannot be.
 *
 * @param options what wide whole numbers become, default `i32`; how many bytes all arrays together may unpack to, default 2^30
 * @throws ArgumentError if the bytes are no such file, or it is damaged, holds anything but .npy files, has a name twice or unpacks to more; whatever
 *   `readNpy` does not read
 * @see numpy.load
 * @example
 * const { weights } = readNpz(writeNpz({ weights: tensor([1, 2]), labels: tensor([3], { dtype: "i32" }) }));
 * weights; // [1, 2]
 */
export function readNpz(bytes: Uint8Array, options?: NpzOptions): StateDict {
  return decodeNpz("readNpz", bytes, options);
}

/** The work of `readNpz`, for whoever has the bytes from elsewhere. */
export function decodeNpz(operation: string, bytes: Uint8Array, options: NpzOptions = {}): StateDict {
  const maxBytes = maxBytesOf(operation, options);
  const entries = readZipDirectory(operation, bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes)
    throw new ArgumentError(operation, `expected arrays of at most maxBytes, ${maxBytes}`, total);
  const arrays: Record<string, Tensor> = Object.create(null);
  for (const entry of entries) {
    if (!entry.name.endsWith(".npy"))
      throw new ArgumentError(operation, "expected .npy files in the archive, and nothing else", entry.name);
    const key = entry.name.slice(0, -4);
    const file = unpack(operation, JSON.stringify(key), entry, maxBytes);
    arrays[key] = decodeNpy(`${operation}[${JSON.stringify(key)}]`, sourceOf(file), options);
  }
  return arrays;
}

function unpack(operation: string, place: string, entry: ZipEntry, maxBytes: number): Uint8Array {
  const { isDeflated, bytes, size, crc } = entry;
  if (isDeflated) return inflate(operation, place, entry, maxBytes);
  if (bytes.length !== size)
    throw new ArgumentError(operation, `expected ${size} bytes of ${place}`, bytes.length);
  checkSum(operation, place, bytes, crc);
  return bytes;
}

/**
 * Makes the bytes of a .npz file, numpy's form of several arrays by name, each as by `writeNpy`. The same arrays make the same bytes.
 *
 * @param options whether to pack the numbers; default false
 * @throws ArgumentError if a name is too long or holds half a character, or all are more than 4 gigabytes
 * @see numpy.savez; numpy.savez_compressed
 * @example
 * const bytes = writeNpz({ inputs: tensor(new Float32Array(10_000)) }, { compress: true });
 * bytes.length < 1000; // true
 */
export function writeNpz(arrays: StateDict, options?: WriteNpzOptions): Uint8Array {
  return encodeNpz("writeNpz", arrays, options);
}

/** The work of `writeNpz`, for whoever puts the bytes elsewhere. */
export function encodeNpz(operation: string, arrays: StateDict, options: WriteNpzOptions = {}): Uint8Array {
  const { compress = false } = options;
  const settings = { level: compress ? 6 : 0, mtime: earliest() } as const;
  const files: Record<string, [Uint8Array, typeof settings]> = {};
  let total = 0;
  for (const [name, tensor] of Object.entries(arrays)) {
    const file = joined(encodeNpy(`${operation}[${JSON.stringify(name)}]`, tensor));
    if (/\p{Surrogate}/u.test(name))
      throw new ArgumentError(operation, "expected names of whole characters", name);
    total += file.length;
    if (total > 0xf0000000) throw new ArgumentError(operation, "expected less than 4 gigabytes", total);
    files[`${name}.npy`] = [file, settings];
  }
  try {
    return zipSync(files);
  } catch (error) {
    throw new ArgumentError(
      operation,
      "expected names that a zip archive has room for",
      (error as Error).message,
    );
  }
}

/** The first moment that an archive has a date for: there is none in what it holds. */
const earliest = (): Date => new Date(1980, 0, 1);
