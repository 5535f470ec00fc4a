import { readFileSync } from "node:fs";
import { IsogradError } from "@isograd/autograd";
import { readIdx } from "@isograd/nn/formats";
import { Problem, systemReason } from "../problem.ts";

export interface ByteArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Uint8Array;
}

/** Reads a file of bytes in the IDX format, packed by gzip or not. @throws Problem if it cannot be read, is cut off or is something else */
export function readIdxFile(path: string, rank: number): ByteArray {
  const damaged = (what: string): Problem =>
    new Problem(`${path}: ${what}; the file is damaged or not the right one, get it again`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Problem(`cannot read ${path}: ${systemReason(error)}`);
  }
  try {
    const { shape, data } = readIdx(bytes);
    if (data instanceof Uint8Array && shape.length === rank) return { shape, data };
    throw damaged(`expected bytes of rank ${rank}, got ${data.constructor.name} of rank ${shape.length}`);
  } catch (error) {
    throw error instanceof IsogradError ? damaged(error.message) : error;
  }
}
