import { describe, expect, it } from "vitest";
import * as f32x4 from "../../../../../src/kernels/wasm/assembler/instructions/f32x4.ts";
import * as f64x2 from "../../../../../src/kernels/wasm/assembler/instructions/f64x2.ts";
import * as i32x4 from "../../../../../src/kernels/wasm/assembler/instructions/i32x4.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { bytesOf, evaluate, memoryOf } from "../run-term.ts";
import { lanewise, x, y } from "./lanewise.ts";

const singles = () =>
  memoryOf(new Uint8Array(Float32Array.of(1.5, -0, Number.NaN, -2.5, 1.5, 0, 3, -Infinity).buffer));
const doubles = () => memoryOf(new Uint8Array(Float64Array.of(2.5, Number.NaN, -0, -7.75).buffer));
/** Not `Math.min`, which knows NaN. */
const choose = (condition: boolean, a: number, b: number) => (condition ? a : b);

describe("floating-point lanes", () => {
  const roundEven = (v: number) => (Math.abs(v % 1) === 0.5 ? 2 * Math.round(v / 2) : Math.round(v));

  describe.each([
    ["f32x4", f32x4, Float32Array, singles],
    ["f64x2", f64x2, Float64Array, doubles],
  ] as const)("%s", (_, family, View, memory) => {
    const f = family as typeof f32x4;
    const check = (instruction: Vector, g: (a: number, b: number) => number) =>
      lanewise(instruction, View, View, g, memory);

    it("computes", () => {
      check(f.abs(x), Math.abs);
      check(f.neg(x), (a) => -a);
      check(f.ceil(x), Math.ceil);
      check(f.floor(x), Math.floor);
      check(f.trunc(x), Math.trunc);
      check(f.nearest(x), roundEven);
      check(f.sqrt(f.abs(x)), (a) => Math.sqrt(Math.abs(a)));
      check(f.add(x, y), (a, b) => a + b);
      check(f.sub(x, y), (a, b) => a - b);
      check(f.mul(x, y), (a, b) => a * b);
      check(f.div(x, y), (a, b) => a / b);
    });

    it("chooses the smaller and the larger, with NaN or with the first operand", () => {
      check(f.min(x, y), Math.min);
      check(f.max(x, y), Math.max);
      check(f.pmin(x, y), (a, b) => choose(b < a, b, a));
      check(f.pmax(x, y), (a, b) => choose(a < b, b, a));
    });

    it("makes and takes lanes", () => {
      const last = View === Float32Array ? 3 : 1;
      expect(new View(bytesOf(f.splat(0.1)))[last]).toBe(View.of(0.1)[0]);
      expect(new View(bytesOf(f.replaceLane(x, last, 0.5), memory()))[last]).toBe(0.5);
      expect(evaluate(f.extractLane(x, last), memory())).toBe(new View(memory().buffer)[last]);
    });
  });

  it("compares into masks", () => {
    const mask = (vector: Vector) => [...new Int32Array(bytesOf(vector, singles()))];
    expect(mask(f32x4.eq(x, y))).toEqual([-1, -1, 0, 0]);
    expect(mask(f32x4.ne(x, y))).toEqual([0, 0, -1, -1]);
    expect(mask(f32x4.lt(x, y))).toEqual([0, 0, 0, 0]);
    expect(mask(f32x4.gt(x, y))).toEqual([0, 0, 0, -1]);
    expect(mask(f32x4.le(x, y))).toEqual([-1, -1, 0, 0]);
    expect(mask(f32x4.ge(x, y))).toEqual([-1, -1, 0, -1]);
    const wide = (vector: Vector) => [...new BigInt64Array(bytesOf(vector, doubles()))];
    expect(wide(f64x2.eq(x, y))).toEqual([0n, 0n]);
    expect(wide(f64x2.ne(x, y))).toEqual([-1n, -1n]);
    expect(wide(f64x2.lt(y, x))).toEqual([-1n, 0n]);
    expect(wide(f64x2.gt(x, y))).toEqual([-1n, 0n]);
    expect(wide(f64x2.le(x, x))).toEqual([-1n, 0n]);
    expect(wide(f64x2.ge(x, y))).toEqual([-1n, 0n]);
  });

  it("converts", () => {
    const from = (vector: Vector) => bytesOf(vector, singles());
    expect([...new Float32Array(bytesOf(f32x4.convertI32x4S(i32x4.const(-1, 2, 0, 7))))]).toEqual([
      -1, 2, 0, 7,
    ]);
    expect(new Float32Array(bytesOf(f32x4.convertI32x4U(i32x4.const(-1, 2, 0, 7))))[0]).toBe(2 ** 32);
    expect([...new Float32Array(bytesOf(f32x4.demoteF64x2Zero(f64x2.const(0.1, 2))))]).toEqual([
      Math.fround(0.1),
      2,
      0,
      0,
    ]);
    expect([...new Float64Array(bytesOf(f64x2.convertLowI32x4S(i32x4.const(-1, 2, 0, 7))))]).toEqual([-1, 2]);
    expect([...new Float64Array(bytesOf(f64x2.convertLowI32x4U(i32x4.const(-1, 2, 0, 7))))]).toEqual([
      2 ** 32 - 1,
      2,
    ]);
    expect([...new Float64Array(from(f64x2.promoteLowF32x4(x)))]).toEqual([1.5, -0]);
    expect([...new Int32Array(from(i32x4.truncSatF32x4S(x)))]).toEqual([1, 0, 0, -2]);
    expect([...new Int32Array(from(i32x4.truncSatF32x4U(x)))]).toEqual([1, 0, 0, 0]);
    expect([...new Int32Array(bytesOf(i32x4.truncSatF64x2SZero(f64x2.const(-1e20, 3))))]).toEqual([
      -(2 ** 31),
      3,
      0,
      0,
    ]);
    expect([...new Int32Array(bytesOf(i32x4.truncSatF64x2UZero(f64x2.const(-1e20, 3))))]).toEqual([
      0, 3, 0, 0,
    ]);
  });

  it("has constants", () => {
    expect([...new Float32Array(bytesOf(f32x4.const(0.1, -0, Infinity, Number.NaN)))]).toEqual([
      Math.fround(0.1),
      -0,
      Infinity,
      Number.NaN,
    ]);
    expect([...new Float64Array(bytesOf(f64x2.const(0.1, -0)))]).toEqual([0.1, -0]);
    expect([...new Int32Array(bytesOf(i32x4.const(1, -2, 0xffffffff, 4)))]).toEqual([1, -2, -1, 4]);
  });
});
