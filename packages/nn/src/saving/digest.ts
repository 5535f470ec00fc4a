import type { Tensor } from "@isograd/autograd";
import { littleEndian } from "./element-types.ts";
import type { Metadata, StateDict } from "./safetensors.ts";

/**
 * A number in hexadecimal that changes with every bit of what a file holds: each step is one-to-one in what it takes in, so one that differs is never lost.
 *
 * Against damage, not against forgery; words of four bytes at a time, as fast as memory is read.
 *
 * @see Fowler, Noll, Vo 1991 (FNV-1a)
 */
export function digestOf(tensors: StateDict, metadata: Metadata): string {
  let hash = 0x811c9dc5;
  const text = (value: string): void => {
    for (let k = 0; k < value.length; k++) hash = Math.imul(hash ^ value.charCodeAt(k), prime);
    hash = Math.imul(hash ^ value.length, prime);
  };
  for (const name of Object.keys(metadata).sort()) {
    text(name);
    text(metadata[name]);
  }
  for (const name of Object.keys(tensors).sort()) {
    const { dtype, shape } = tensors[name];
    text(`${name} ${dtype} ${shape.join()}`);
    hash = wordsInto(hash, tensors[name]);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

const prime = 0x01000193;

function wordsInto(start: number, tensor: Tensor): number {
  const bytes = littleEndian(tensor.values());
  let hash = start;
  const isAligned = bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0;
  const words = isAligned ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : bytes;
  // Four at once: each product waits for the one before it.
  let [a, b, c, k] = [0, 0, 0, 0];
  for (; k + 3 < words.length; k += 4) {
    hash = Math.imul(hash ^ words[k], prime);
    a = Math.imul(a ^ words[k + 1], prime);
    b = Math.imul(b ^ words[k + 2], prime);
    c = Math.imul(c ^ words[k + 3], prime);
  }
  for (const part of [a, b, c]) hash = Math.imul(hash ^ part, prime);
  for (; k < words.length; k++) hash = Math.imul(hash ^ words[k], prime);
  return hash;
}
