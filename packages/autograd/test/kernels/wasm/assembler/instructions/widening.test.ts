import { describe, expect, it } from "vitest";
import * as i8x16 from "../../../../../src/kernels/wasm/assembler/instructions/i8x16.ts";
import * as i16x8 from "../../../../../src/kernels/wasm/assembler/instructions/i16x8.ts";
import * as i32x4 from "../../../../../src/kernels/wasm/assembler/instructions/i32x4.ts";
import * as i64x2 from "../../../../../src/kernels/wasm/assembler/instructions/i64x2.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { bytesOf, memoryOf } from "../run-term.ts";
import { x, y } from "./lanewise.ts";

/** Numbers of both signs. */
const integerBytes = () => memoryOf(Array.from({ length: 32 }, (_, k) => (k * 73 + 129) % 256));
const clamp = (low: number, high: number) => (value: number) => Math.min(Math.max(value, low), high);

describe("lanes of another width", () => {
  const bytes = [...new Uint8Array(integerBytes().buffer.slice(0, 32))];
  const eights = [...new Int8Array(integerBytes().buffer.slice(0, 32))];
  const sixteens = [...new Int16Array(integerBytes().buffer.slice(0, 32))];
  const words = [...new Uint16Array(integerBytes().buffer.slice(0, 32))];
  const thirtyTwos = [...new Int32Array(integerBytes().buffer.slice(0, 32))];
  const longs = [...new Uint32Array(integerBytes().buffer.slice(0, 32))];
  const as = <T>(view: new (buffer: ArrayBuffer) => Iterable<T>, vector: Vector) => [
    ...new view(bytesOf(vector, integerBytes())),
  ];

  it("extends", () => {
    expect(as(Int16Array, i16x8.extendLowI8x16S(x))).toEqual(eights.slice(0, 8));
    expect(as(Int16Array, i16x8.extendHighI8x16S(x))).toEqual(eights.slice(8, 16));
    expect(as(Int16Array, i16x8.extendLowI8x16U(x))).toEqual(bytes.slice(0, 8));
    expect(as(Int16Array, i16x8.extendHighI8x16U(x))).toEqual(bytes.slice(8, 16));
    expect(as(Int32Array, i32x4.extendLowI16x8S(x))).toEqual(sixteens.slice(0, 4));
    expect(as(Int32Array, i32x4.extendHighI16x8S(x))).toEqual(sixteens.slice(4, 8));
    expect(as(Int32Array, i32x4.extendLowI16x8U(x))).toEqual(words.slice(0, 4));
    expect(as(Int32Array, i32x4.extendHighI16x8U(x))).toEqual(words.slice(4, 8));
    expect(as(BigInt64Array, i64x2.extendLowI32x4S(x))).toEqual(thirtyTwos.slice(0, 2).map(BigInt));
    expect(as(BigInt64Array, i64x2.extendHighI32x4S(x))).toEqual(thirtyTwos.slice(2, 4).map(BigInt));
    expect(as(BigInt64Array, i64x2.extendLowI32x4U(x))).toEqual(longs.slice(0, 2).map(BigInt));
    expect(as(BigInt64Array, i64x2.extendHighI32x4U(x))).toEqual(longs.slice(2, 4).map(BigInt));
  });

  it("narrows with saturation", () => {
    expect(as(Int8Array, i8x16.narrowI16x8S(x, y))).toEqual(sixteens.map(clamp(-128, 127)));
    expect(as(Uint8Array, i8x16.narrowI16x8U(x, y))).toEqual(sixteens.map(clamp(0, 255)));
    expect(as(Int16Array, i16x8.narrowI32x4S(x, y))).toEqual(thirtyTwos.map(clamp(-32768, 32767)));
    expect(as(Uint16Array, i16x8.narrowI32x4U(x, y))).toEqual(thirtyTwos.map(clamp(0, 65535)));
  });

  it("adds and multiplies into wider lanes", () => {
    const pairs = (lanes: number[]) =>
      lanes.filter((_, k) => k % 2 === 0).map((lane, k) => lane + lanes[2 * k + 1]);
    const products = (lanes: number[], from: number) => {
      const half = lanes.length / 4;
      return Array.from(
        { length: half },
        (_, k) => lanes[from * half + k] * lanes[2 * half + from * half + k],
      );
    };
    expect(as(Int16Array, i16x8.extaddPairwiseI8x16S(x))).toEqual(pairs(eights.slice(0, 16)));
    expect(as(Uint16Array, i16x8.extaddPairwiseI8x16U(x))).toEqual(pairs(bytes.slice(0, 16)));
    expect(as(Int32Array, i32x4.extaddPairwiseI16x8S(x))).toEqual(pairs(sixteens.slice(0, 8)));
    expect(as(Int32Array, i32x4.extaddPairwiseI16x8U(x))).toEqual(pairs(words.slice(0, 8)));
    expect(as(Int16Array, i16x8.extmulLowI8x16S(x, y))).toEqual(products(eights, 0));
    expect(as(Int16Array, i16x8.extmulHighI8x16S(x, y))).toEqual(products(eights, 1));
    expect(as(Uint16Array, i16x8.extmulLowI8x16U(x, y))).toEqual(products(bytes, 0));
    expect(as(Uint16Array, i16x8.extmulHighI8x16U(x, y))).toEqual(products(bytes, 1));
    expect(as(Int32Array, i32x4.extmulLowI16x8S(x, y))).toEqual(products(sixteens, 0));
    expect(as(Int32Array, i32x4.extmulHighI16x8S(x, y))).toEqual(products(sixteens, 1));
    expect(as(Uint32Array, i32x4.extmulLowI16x8U(x, y))).toEqual(products(words, 0));
    expect(as(Uint32Array, i32x4.extmulHighI16x8U(x, y))).toEqual(products(words, 1));
    const big = (lanes: number[], from: number) =>
      [0, 1].map((k) => BigInt(lanes[from + k]) * BigInt(lanes[4 + from + k]));
    expect(as(BigInt64Array, i64x2.extmulLowI32x4S(x, y))).toEqual(big(thirtyTwos, 0));
    expect(as(BigInt64Array, i64x2.extmulHighI32x4S(x, y))).toEqual(big(thirtyTwos, 2));
    expect(as(BigUint64Array, i64x2.extmulLowI32x4U(x, y))).toEqual(big(longs, 0));
    expect(as(BigUint64Array, i64x2.extmulHighI32x4U(x, y))).toEqual(big(longs, 2));
    const dots = [0, 1, 2, 3].map(
      (k) => (sixteens[2 * k] * sixteens[8 + 2 * k] + sixteens[2 * k + 1] * sixteens[9 + 2 * k]) | 0,
    );
    expect(as(Int32Array, i32x4.dotI16x8S(x, y))).toEqual(dots);
    const rounded = sixteens
      .slice(0, 8)
      .map((lane, k) => clamp(-32768, 32767)((lane * sixteens[8 + k] + 0x4000) >> 15));
    expect(as(Int16Array, i16x8.q15mulrSatS(x, y))).toEqual(rounded);
  });

  it("picks bytes, counts bits", () => {
    const picks = i8x16.splat(3);
    expect(as(Uint8Array, i8x16.swizzle(x, picks))).toEqual(new Array(16).fill(bytes[3]));
    expect(as(Uint8Array, i8x16.swizzle(x, i8x16.splat(16)))).toEqual(new Array(16).fill(0));
    const bits = (byte: number) => byte.toString(2).replaceAll("0", "").length;
    expect(as(Uint8Array, i8x16.popcnt(x))).toEqual(bytes.slice(0, 16).map(bits));
  });
});
