import { ArgumentError } from "@isograd/autograd";
import { gunzip, isGzip } from "./gunzip.ts";
import { maxBytesOf, type UnpackOptions } from "./inflate.ts";

/** A file in the IDX format, which MNIST uses. */
export interface Idx {
  readonly shape: readonly number[];
  /** Row-major, in the element type of the file. */
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

interface ElementType {
  readonly bytes: number;
  readonly allocate: (size: number) => Idx["data"];
  readonly read: (view: DataView, at: number) => number;
}

const elementTypes: Readonly<Record<number, ElementType>> = {
  8: { bytes: 1, allocate: (size) => new Uint8Array(size), read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, allocate: (size) => new Int8Array(size), read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, allocate: (size) => new Int16Array(size), read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, allocate: (size) => new Int32Array(size), read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, allocate: (size) => new Float32Array(size), read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, allocate: (size) => new Float64Array(size), read: (view, at) => view.getFloat64(at) },
};

/**
 * Reads the bytes of a file in the IDX format, packed by gzip or not.
 *
 * @param options how many bytes a packed file may unpack to; default 2^30
 * @throws ArgumentError if the bytes do not begin as such a file does, or are fewer or more than it says; if a packed file is damaged or
 *   unpacks to more bytes
 * @see LeCun, Cortes, Burges, "The MNIST database of handwritten digits"
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);
 * readIdx(bytes).shape; // [1, 3]
 */
export function readIdx(bytes: Uint8Array, options?: UnpackOptions): Idx {
  return decodeIdx("readIdx", bytes, options);
}

/** The work of `readIdx`, for whoever has the bytes from elsewhere. */
export function decodeIdx(operation: string, file: Uint8Array, options: UnpackOptions = {}): Idx {
  const maxBytes = maxBytesOf(operation, options);
  const bytes = isGzip(file) ? gunzip(operation, file, maxBytes) : file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const needs = (count: number, what: string): void => {
    if (bytes.length < count)
      throw new ArgumentError(
        operation,
        `expected ${count} bytes for ${what}, the data ends early`,
        bytes.length,
      );
  };
  needs(4, "the magic number");
  const magic = view.getUint32(0);
  const type = elementTypes[(magic >>> 8) & 0xff];
  if (magic >>> 16 !== 0 || type === undefined) {
    throw new ArgumentError(
      operation,
      "expected a magic number of two zero bytes, an element type from 08 to 0e and a rank",
      hex(magic),
    );
  }
  const rank = magic & 0xff;
  const start = 4 + 4 * rank;
  needs(start, `the ${rank} extents`);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.includes(0) ? 0 : shape.reduce((product, extent) => product * extent, 1);
  const whole = start + size * type.bytes;
  needs(whole, `shape [${shape.join(", ")}]`);
  if (bytes.length > whole)
    throw new ArgumentError(
      operation,
      `expected no more than ${whole} bytes for shape [${shape.join(", ")}]`,
      bytes.length,
    );
  const data = type.allocate(size);
  if (data instanceof Uint8Array) data.set(bytes.subarray(start));
  else for (let i = 0; i < size; i++) data[i] = type.read(view, start + i * type.bytes);
  return { shape, data };
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`;
