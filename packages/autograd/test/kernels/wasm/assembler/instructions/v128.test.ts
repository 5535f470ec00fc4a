import { describe, expect, it } from "vitest";
import * as i8x16 from "../../../../../src/kernels/wasm/assembler/instructions/i8x16.ts";
import * as i32x4 from "../../../../../src/kernels/wasm/assembler/instructions/i32x4.ts";
import * as i64x2 from "../../../../../src/kernels/wasm/assembler/instructions/i64x2.ts";
import * as memory from "../../../../../src/kernels/wasm/assembler/instructions/memory.ts";
import * as v128 from "../../../../../src/kernels/wasm/assembler/instructions/v128.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { bytesOf, evaluate, execute, memoryOf } from "../run-term.ts";

const numbered = () => memoryOf(Array.from({ length: 40 }, (_, k) => k + 120)); // from 128 on negative as signed bytes
const bytes = (vector: Vector) => [...new Uint8Array(bytesOf(vector, numbered()))];
const from = (start: number, count: number) => Array.from({ length: count }, (_, k) => start + k + 120);
const zeros = (count: number) => new Array<number>(count).fill(0);

describe("v128", () => {
  it("loads whole vectors, and parts", () => {
    expect(bytes(v128.load(3, 5))).toEqual(from(8, 16));
    expect(bytes(v128.load32Zero(4))).toEqual([...from(4, 4), ...zeros(12)]);
    expect(bytes(v128.load64Zero(0, 4))).toEqual([...from(4, 8), ...zeros(8)]);
    expect(bytes(v128.load8Lane(9, v128.load(0), 15))).toEqual([...from(0, 15), 129]);
    expect(bytes(v128.load16Lane(20, v128.load(0), 7))).toEqual([...from(0, 14), ...from(20, 2)]);
    expect(bytes(v128.load32Lane(20, v128.load(0), 3))).toEqual([...from(0, 12), ...from(20, 4)]);
    expect(bytes(v128.load64Lane(18, v128.load(0), 1, 2))).toEqual([...from(0, 8), ...from(20, 8)]);
  });

  it("loads one number into all lanes", () => {
    expect(bytes(v128.load8Splat(5))).toEqual(new Array(16).fill(125));
    expect(bytes(v128.load16Splat(5))).toEqual(Array.from({ length: 8 }, () => from(5, 2)).flat());
    expect(bytes(v128.load32Splat(4, 1))).toEqual(Array.from({ length: 4 }, () => from(5, 4)).flat());
    expect(bytes(v128.load64Splat(5))).toEqual([...from(5, 8), ...from(5, 8)]);
  });

  it("loads narrow numbers into wide lanes", () => {
    const source = numbered().buffer;
    const at = (start: number, end: number) => source.slice(start, end);
    expect([...new Int16Array(bytesOf(v128.load8x8S(4), numbered()))]).toEqual([...new Int8Array(at(4, 12))]);
    expect([...new Int16Array(bytesOf(v128.load8x8U(4), numbered()))]).toEqual([
      ...new Uint8Array(at(4, 12)),
    ]);
    expect([...new Int32Array(bytesOf(v128.load16x4S(4), numbered()))]).toEqual([
      ...new Int16Array(at(4, 12)),
    ]);
    expect([...new Int32Array(bytesOf(v128.load16x4U(4), numbered()))]).toEqual([
      ...new Uint16Array(at(4, 12)),
    ]);
    const wide = (vector: Vector) => [...new BigInt64Array(bytesOf(vector, numbered()))];
    expect(wide(v128.load32x2S(8))).toEqual([...new Int32Array(at(8, 16))].map(BigInt));
    expect(wide(v128.load32x2U(8))).toEqual([...new Uint32Array(at(8, 16))].map(BigInt));
  });

  it("stores whole vectors, and lanes", () => {
    const stored = (...body: Parameters<typeof execute>[0]) => [
      ...new Uint8Array(execute(body, numbered()).buffer, 64, 20),
    ];
    expect(stored(v128.store(65, v128.load(0), 2))).toEqual([...zeros(3), ...from(0, 16), 0]);
    expect(stored(v128.store8Lane(64, v128.load(0), 5))).toEqual([125, ...zeros(19)]);
    expect(stored(v128.store16Lane(64, v128.load(0), 3, 1))).toEqual([0, ...from(6, 2), ...zeros(17)]);
    expect(stored(v128.store32Lane(64, v128.load(0), 3))).toEqual([...from(12, 4), ...zeros(16)]);
    expect(stored(v128.store64Lane(64, v128.load(0), 1))).toEqual([...from(8, 8), ...zeros(12)]);
  });

  it("combines bits", () => {
    const [x, y, mask] = [i64x2.const(0b1100n, -1n), i64x2.const(0b1010n, 5n), i64x2.const(0b0110n, 1n)];
    const lanes = (vector: Vector) => [...new BigInt64Array(bytesOf(vector))];
    expect(lanes(v128.not(x))).toEqual([~0b1100n, 0n]);
    expect(lanes(v128.and(x, y))).toEqual([0b1000n, 5n]);
    expect(lanes(v128.andnot(x, y))).toEqual([0b0100n, ~5n]);
    expect(lanes(v128.or(x, y))).toEqual([0b1110n, -1n]);
    expect(lanes(v128.xor(x, y))).toEqual([0b0110n, ~5n]);
    expect(lanes(v128.bitselect(x, y, mask))).toEqual([0b1100n, 5n]);
    expect(evaluate(v128.anyTrue(i8x16.splat(0)))).toBe(0);
    expect(evaluate(v128.anyTrue(i64x2.const(0n, 256n)))).toBe(1);
  });

  it("shuffles lanes of any width", () => {
    const [x, y] = [i32x4.const(1, 2, 3, 4), i32x4.const(5, 6, 7, 8)];
    const lanes = (vector: Vector) => [...new Int32Array(bytesOf(vector))];
    expect(lanes(v128.shuffle(x, y, [0, 4, 1, 5]))).toEqual([1, 5, 2, 6]);
    expect(lanes(v128.shuffle(x, y, [3, 0]))).toEqual([7, 8, 1, 2]);
    expect(lanes(v128.shuffle(x, y, [0, 1, 2, 3, 4, 5, 14, 15]))).toEqual([1, 2, 3, 8]);
    const reversed = Array.from({ length: 16 }, (_, k) => 15 - k);
    expect(lanes(v128.shuffle(x, y, reversed))).toEqual([4 << 24, 3 << 24, 2 << 24, 1 << 24]);
  });
});

describe("memory", () => {
  it("fills and copies, also onto itself", () => {
    const { buffer } = execute([memory.fill(40, 0x107, 3), memory.copy(2, 0, 10)], numbered());
    expect([...new Uint8Array(buffer, 40, 4)]).toEqual([7, 7, 7, 0]);
    expect([...new Uint8Array(buffer, 0, 13)]).toEqual([120, 121, ...from(0, 10), 132]);
  });

  it("tells its size and grows", () => {
    const pages = memoryOf();
    expect(evaluate(memory.size(), pages)).toBe(1);
    expect(evaluate(memory.grow(2), pages)).toBe(1);
    expect(pages.buffer.byteLength).toBe(3 * 65536);
    expect(evaluate(memory.grow(70_000), pages)).toBe(-1);
  });
});
