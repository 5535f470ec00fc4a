import { describe, expect, it } from "vitest";
import * as i8x16 from "../../../../../src/kernels/wasm/assembler/instructions/i8x16.ts";
import * as i16x8 from "../../../../../src/kernels/wasm/assembler/instructions/i16x8.ts";
import * as i32x4 from "../../../../../src/kernels/wasm/assembler/instructions/i32x4.ts";
import * as i64x2 from "../../../../../src/kernels/wasm/assembler/instructions/i64x2.ts";
import type { Expression } from "../../../../../src/kernels/wasm/assembler/term.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { bytesOf, evaluate, memoryOf } from "../run-term.ts";
import { lanewise, x, y } from "./lanewise.ts";

/** Numbers of both signs. */
const integerBytes = () => memoryOf(Array.from({ length: 32 }, (_, k) => (k * 73 + 129) % 256));
const clamp = (low: number, high: number) => (value: number) => Math.min(Math.max(value, low), high);
const abs = <N extends number | bigint>(value: N): N => (value < 0 ? -value : value) as N;

describe("integer lanes", () => {
  const comparisons = {
    eq: (a: number, b: number) => a === b,
    ne: (a: number, b: number) => a !== b,
    lt: (a: number, b: number) => a < b,
    gt: (a: number, b: number) => a > b,
    le: (a: number, b: number) => a <= b,
    ge: (a: number, b: number) => a >= b,
  };

  describe.each([
    ["i8x16", i8x16, Int8Array, Uint8Array, 8],
    ["i16x8", i16x8, Int16Array, Uint16Array, 16],
    ["i32x4", i32x4, Int32Array, Uint32Array, 32],
  ] as const)("%s", (_, family, Signed, Unsigned, width) => {
    const f = family as unknown as typeof i8x16 & typeof i16x8 & typeof i32x4;
    const signed = (instruction: Vector, g: (a: number, b: number) => number | boolean) =>
      lanewise(instruction, Signed, Signed, g, integerBytes);
    const unsigned = (instruction: Vector, g: (a: number, b: number) => number) =>
      lanewise(instruction, Unsigned, Unsigned, g, integerBytes);

    it("compares", () => {
      signed(f.eq(x, x), () => true);
      signed(f.eq(x, y), comparisons.eq);
      signed(f.ne(x, y), comparisons.ne);
      signed(f.ltS(x, y), comparisons.lt);
      signed(f.gtS(x, y), comparisons.gt);
      signed(f.leS(x, y), comparisons.le);
      signed(f.geS(x, y), comparisons.ge);
      const full = 2 ** width - 1;
      unsigned(f.ltU(x, y), (a, b) => (a < b ? full : 0));
      unsigned(f.gtU(x, y), (a, b) => (a > b ? full : 0));
      unsigned(f.leU(x, y), (a, b) => (a <= b ? full : 0));
      unsigned(f.geU(x, y), (a, b) => (a >= b ? full : 0));
    });

    it("computes", () => {
      signed(f.abs(x), (a) => abs(a));
      signed(f.neg(x), (a) => -a);
      signed(f.add(x, y), (a, b) => a + b);
      signed(f.sub(x, y), (a, b) => a - b);
      signed(f.minS(x, y), Math.min);
      signed(f.maxS(x, y), Math.max);
      unsigned(f.minU(x, y), Math.min);
      unsigned(f.maxU(x, y), Math.max);
      if (width > 8) signed(f.mul(x, y), (a, b) => Math.imul(a, b));
    });

    it("shifts, by a count modulo the width", () => {
      signed(f.shl(x, width + 3), (a) => a << 3);
      signed(f.shrS(x, 3), (a) => a >> 3);
      unsigned(f.shrU(x, 3), (a) => a >>> 3);
    });

    it("saturates", () => {
      if (width === 32) return;
      const [low, high, full] = [-(2 ** (width - 1)), 2 ** (width - 1) - 1, 2 ** width - 1];
      signed(f.addSatS(x, y), (a, b) => clamp(low, high)(a + b));
      signed(f.subSatS(x, y), (a, b) => clamp(low, high)(a - b));
      unsigned(f.addSatU(x, y), (a, b) => clamp(0, full)(a + b));
      unsigned(f.subSatU(x, y), (a, b) => clamp(0, full)(a - b));
      unsigned(f.avgrU(x, y), (a, b) => (a + b + 1) >> 1);
    });

    it("makes and takes lanes", () => {
      const last = 128 / width - 1;
      const lanes = new Signed(integerBytes().buffer);
      expect([...new Signed(bytesOf(f.splat(-5)))]).toEqual(new Array(last + 1).fill(-5));
      expect(new Signed(bytesOf(f.replaceLane(x, last, -5), integerBytes()))[last]).toBe(-5);
      const extractS = (width === 32 ? f.extractLane : f.extractLaneS) as (
        x: Vector,
        lane: number,
      ) => Expression<"i32">;
      expect(evaluate(extractS(x, last), integerBytes())).toBe(lanes[last]);
      if (width < 32)
        expect(evaluate(f.extractLaneU(x, 0), integerBytes())).toBe(new Unsigned(lanes.buffer)[0]);
    });

    it("answers about all lanes", () => {
      const lanes = [...new Signed(integerBytes().buffer)].slice(0, 128 / width);
      expect(evaluate(f.allTrue(x), integerBytes())).toBe(lanes.every((lane) => lane !== 0) ? 1 : 0);
      expect(evaluate(f.allTrue(f.replaceLane(x, 1, 0)), integerBytes())).toBe(0);
      expect(evaluate(f.bitmask(x), integerBytes())).toBe(
        lanes.reduce((bits, lane, k) => bits + (lane < 0 ? 2 ** k : 0), 0),
      );
    });
  });

  it("i64x2", () => {
    const check = (instruction: Vector, g: (a: bigint, b: bigint) => bigint | boolean) =>
      lanewise(instruction, BigInt64Array, BigInt64Array, g, integerBytes);
    check(i64x2.eq(x, y), (a, b) => a === b);
    check(i64x2.ne(x, y), (a, b) => a !== b);
    check(i64x2.ltS(x, y), (a, b) => a < b);
    check(i64x2.gtS(x, y), (a, b) => a > b);
    check(i64x2.leS(x, x), () => true);
    check(i64x2.geS(x, y), (a, b) => a >= b);
    check(i64x2.abs(x), (a) => abs(a));
    check(i64x2.neg(x), (a) => -a);
    check(i64x2.add(x, y), (a, b) => a + b);
    check(i64x2.sub(x, y), (a, b) => a - b);
    check(i64x2.mul(x, y), (a, b) => a * b);
    check(i64x2.shl(x, 67), (a) => a << 3n);
    check(i64x2.shrS(x, 3), (a) => a >> 3n);
    check(i64x2.shrU(x, 3), (a) => BigInt.asUintN(64, a) >> 3n);
    const [first, second] = new BigInt64Array(integerBytes().buffer);
    expect(evaluate(i64x2.extractLane(x, 1), integerBytes())).toBe(second);
    expect([...new BigInt64Array(bytesOf(i64x2.replaceLane(x, 1, 9n), integerBytes()))]).toEqual([first, 9n]);
    expect([...new BigInt64Array(bytesOf(i64x2.splat(-3n)))]).toEqual([-3n, -3n]);
    expect([...new BigInt64Array(bytesOf(i64x2.const(-1n, 2n)))]).toEqual([-1n, 2n]);
    expect(evaluate(i64x2.allTrue(i64x2.const(1n, 0n)))).toBe(0);
    expect(evaluate(i64x2.bitmask(i64x2.const(1n, -1n)))).toBe(2);
  });
});
