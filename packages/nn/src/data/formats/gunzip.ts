import { ArgumentError } from "@isograd/autograd";
import { Gunzip } from "fflate";
import { checkSum, damaged } from "./inflate.ts";
import { joined } from "./joined.ts";

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Unpacked at once: this many bytes become 64 megabytes at most. */
const pieceBytes = 65_536;

/**
 * Unpacks a gzip file, however many members it has, and checks what each says of itself.
 *
 * @throws ArgumentError if it is damaged or unpacks to more than `maxBytes`
 * @see RFC 1952
 */
export function gunzip(operation: string, bytes: Uint8Array, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Gunzip((part) => {
    size += part.length;
    if (size > maxBytes)
      throw new ArgumentError(operation, `expected gzip data of at most maxBytes, ${maxBytes}`, "more");
    parts.push(part);
  });
  const members: { readonly end: number; readonly trailer: number }[] = [];
  stream.onmember = (start) => members.push({ end: size, trailer: start - 8 });
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      stream.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
  } catch (error) {
    throw error instanceof ArgumentError ? error : damaged(operation, "gzip data", (error as Error).message);
  }
  members.push({ end: size, trailer: bytes.length - 8 });
  const unpacked = joined(parts);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let begin = 0;
  for (const { end, trailer } of members) {
    if (trailer < 10) throw damaged(operation, "gzip data", `${bytes.length} bytes`);
    checkSum(operation, "gzip data", unpacked.subarray(begin, end), view.getUint32(trailer, true));
    if (view.getUint32(trailer + 4, true) !== (end - begin) % 2 ** 32)
      throw damaged(operation, "gzip data", "another size");
    begin = end;
  }
  return unpacked;
}
