import { ArgumentError, contiguous, fromData, permute, type Shape, Tensor } from "@isograd/autograd";
import { littleEndian, readElements } from "../../saving/element-types.ts";
import type { ByteSource } from "../../saving/safetensors.ts";
import { joined } from "./joined.ts";
import { magic, npyHeader, parseNpyHeader } from "./npy-header.ts";
import { readDescr, writtenDescr } from "./npy-types.ts";

export interface NpyOptions {
  /**
   * What unsigned numbers of 32 bits and whole numbers of 64 bits become: `i32`, which holds labels and indices, or `f64`, which holds whole numbers up to
   * 2^53; default `i32`. A number that has no place there is an error.
   */
  readonly wideIntegers?: "i32" | "f64";
}

/** A header of the kinds that are read is far shorter. */
const largestHeader = 65_536;

/**
 * Reads the bytes of a .npy file, numpy's form of one array.
 *
 * Versions 1 to 3, either order of bytes, either order of axes. float64, float32 and bool are `f64`, `f32` and `bool`; float16 becomes `f32`, exactly;
 * whole numbers become `i32`. The header is checked before anything is made of it, and nothing in the file is ever run: pickled objects are refused.
 *
 * @param options what wide whole numbers become; default `i32`
 * @returns a copy, of the array's shape
 * @throws ArgumentError if the bytes are no such file, end early or late, hold complex numbers, text, times, objects or structures, or a whole number
 *   lies outside of what it becomes
 * @see numpy.load; numpy.lib.format
 * @example
 * readNpy(writeNpy(tensor([[1, 2], [3, 4]]))); // [[1, 2], [3, 4]]
 */
export function readNpy(bytes: Uint8Array, options?: NpyOptions): Tensor {
  return decodeNpy("readNpy", sourceOf(bytes), options);
}

/**
 * Makes the bytes of a .npy file, numpy's form of one array: `bool`, `i32`, `f32` and `f64` as bool, int32, float32 and float64.
 *
 * @see numpy.save
 * @example
 * writeNpy(tensor([1, 2, 3])).length; // 140
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  return joined(encodeNpy("writeNpy", tensor));
}

/** Makes the bytes of a .npy file, in two parts. */
export function encodeNpy(operation: string, tensor: Tensor): readonly [Uint8Array, Uint8Array] {
  if (!(tensor instanceof Tensor)) throw new ArgumentError(operation, "expected a tensor", tensor);
  const header = npyHeader({ descr: writtenDescr[tensor.dtype], isFortran: false, shape: tensor.shape });
  return [header, littleEndian(tensor.values())];
}

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  fill: (position, target) => target.set(bytes.subarray(position, position + target.length)),
});

/** Reads a .npy file from wherever it comes. */
export function decodeNpy(operation: string, source: ByteSource, options: NpyOptions = {}): Tensor {
  const { wideIntegers = "i32" } = options;
  if (wideIntegers !== "i32" && wideIntegers !== "f64")
    throw new ArgumentError(operation, "expected i32 or f64 as wideIntegers", wideIntegers);
  const { text, start } = headerText(operation, source);
  const { descr, isFortran, shape } = parseNpyHeader(operation, text);
  const { type, isLittle } = readDescr(operation, descr, wideIntegers === "f64");
  // Extents beyond what an array holds are refused even where another extent is 0.
  const most = shape.reduce((product, extent) => product * Math.max(extent, 1), 1);
  const size = shape.includes(0) ? 0 : most;
  if (!(most <= Number.MAX_SAFE_INTEGER) || start + size * type.width !== source.size)
    throw new ArgumentError(
      operation,
      `expected the bytes behind the header to be ${descr} of shape [${shape.join(", ")}]`,
      `${source.size - start} bytes`,
    );
  const fill = (position: number, target: Uint8Array) => source.fill(start + position, target);
  const values = readElements(operation, "array", type, size, fill, isLittle);
  return isFortran ? fromFortran(values, shape) : fromData(values, shape);
}

function fromFortran(values: Parameters<typeof fromData>[0], shape: Shape): Tensor {
  const reversed = fromData(values, shape.toReversed());
  return contiguous(
    permute(
      reversed,
      shape.map((_, axis) => shape.length - 1 - axis),
    ),
  );
}

function headerText(
  operation: string,
  { size, fill }: ByteSource,
): { readonly text: string; readonly start: number } {
  const prefix = new Uint8Array(Math.min(size, 12));
  fill(0, prefix);
  if (magic.some((byte, k) => prefix[k] !== byte) || size < 10)
    throw new ArgumentError(
      operation,
      "expected a file that begins as .npy files do, with \\x93NUMPY",
      new TextDecoder("latin1").decode(prefix),
    );
  const version = prefix[6];
  if (version < 1 || version > 3 || prefix[7] !== 0)
    throw new ArgumentError(operation, "expected version 1.0, 2.0 or 3.0", `${version}.${prefix[7]}`);
  const view = new DataView(prefix.buffer);
  const begin = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : size < 12 ? 0 : view.getUint32(8, true);
  const limit = Math.min(size - begin, largestHeader);
  if (length > limit || size < begin)
    throw new ArgumentError(
      operation,
      `expected a header of at most ${limit} bytes in a file of ${size}`,
      length,
    );
  const encoded = new Uint8Array(length);
  fill(begin, encoded);
  return { text: new TextDecoder("latin1").decode(encoded), start: begin + length };
}
