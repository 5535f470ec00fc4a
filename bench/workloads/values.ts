import type { Input } from "./workload.ts";

export type Values = Float32Array | Float64Array | Int32Array;

/** The numbers of an input: a hash of the place of the input and of the element. */
export function valuesOf({ shape, content, dtype }: Input, place: number): Values {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const View = { f32: Float32Array, f64: Float64Array, i32: Int32Array }[dtype];
  const values = new View(size);
  for (let i = 0; i < size; i++) {
    const share = scrambled(Math.imul(place + 1, 0x9e3779b1) ^ i) / 2 ** 32;
    values[i] =
      "classes" in content
        ? Math.floor(share * content.classes)
        : content.center + (2 * share - 1) * content.scale;
  }
  return values;
}

/** @see Appleby, MurmurHash3, `fmix32` */
function scrambled(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
