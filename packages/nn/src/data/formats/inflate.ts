import { ArgumentError } from "@isograd/autograd";
import { inflateSync } from "fflate";
import { crc32 } from "./crc32.ts";

export interface UnpackOptions {
  /** How many bytes the data may unpack to; default 2^30. A few kilobytes can unpack to gigabytes. */
  readonly maxBytes?: number;
}

/** Bytes packed by DEFLATE, and what is said of them. */
export interface Deflated {
  readonly bytes: Uint8Array;
  /** How many they are unpacked. */
  readonly size: number;
  /** Their checksum unpacked. */
  readonly crc: number;
}

/** @throws ArgumentError if the limit is none */
export function maxBytesOf(operation: string, { maxBytes = 2 ** 30 }: UnpackOptions): number {
  if (typeof maxBytes === "number" && maxBytes >= 0) return maxBytes;
  throw new ArgumentError(operation, "expected a number of bytes as maxBytes", maxBytes);
}

/** No data unpack to more than this times their bytes. */
const largestRatio = 1032;

/**
 * Unpacks DEFLATE data. What they say of their size is held against what they can be before there is room made for it, and then against what they are.
 *
 * @throws ArgumentError if they are damaged, or not of the size and checksum that they should have
 */
export function inflate(
  operation: string,
  name: string,
  { bytes, size, crc }: Deflated,
  maxBytes: number,
): Uint8Array {
  if (size > maxBytes)
    throw new ArgumentError(
      operation,
      `expected ${name} to unpack to at most maxBytes, ${maxBytes} bytes`,
      size,
    );
  if (size > largestRatio * bytes.length)
    throw damaged(operation, name, `${size} bytes from ${bytes.length}`);
  let unpacked: Uint8Array;
  try {
    // A byte more than there should be shows what is longer.
    unpacked = inflateSync(bytes, { out: new Uint8Array(size + 1) });
  } catch (error) {
    throw damaged(operation, name, (error as Error).message);
  }
  if (unpacked.length !== size) throw damaged(operation, name, `other than its ${size} bytes`);
  checkSum(operation, name, unpacked, crc);
  return unpacked;
}

export function checkSum(operation: string, name: string, bytes: Uint8Array, crc: number): void {
  if (crc32(bytes) !== crc) throw damaged(operation, name, "another checksum");
}

export const damaged = (operation: string, name: string, found: string): ArgumentError =>
  new ArgumentError(operation, `expected ${name} to be whole`, found);
