import { describe, expect, it } from "vitest";
import * as f32 from "../../../../../src/kernels/wasm/assembler/instructions/f32.ts";
import * as f64 from "../../../../../src/kernels/wasm/assembler/instructions/f64.ts";
import * as i32 from "../../../../../src/kernels/wasm/assembler/instructions/i32.ts";
import * as i64 from "../../../../../src/kernels/wasm/assembler/instructions/i64.ts";
import type { Expression } from "../../../../../src/kernels/wasm/assembler/term.ts";
import { evaluate, execute, memoryOf } from "../run-term.ts";

/** For each instruction of a family an expression, and its value. */
type Table = Readonly<Record<string, readonly [Expression, number | bigint]>>;

const memory = () => memoryOf([0xfe, 0xff, 0x81, 0x82, 0x83, 0x84, 0x85, 0xf6]);

const integers32: Table = {
  const: [i32.const(-123456), -123456],
  load: [i32.load(0), 0x8281fffe | 0],
  load8S: [i32.load8S(0), -2],
  load8U: [i32.load8U(0), 254],
  load16S: [i32.load16S(1, 1), 0x8281 - 0x10000],
  load16U: [i32.load16U(0, 2), 0x8281],
  eqz: [i32.eqz(0), 1],
  eq: [i32.eq(3, 3), 1],
  ne: [i32.ne(3, 3), 0],
  ltS: [i32.ltS(-1, 1), 1],
  ltU: [i32.ltU(-1, 1), 0],
  gtS: [i32.gtS(-1, 1), 0],
  gtU: [i32.gtU(-1, 1), 1],
  leS: [i32.leS(-1, -1), 1],
  leU: [i32.leU(-1, 1), 0],
  geS: [i32.geS(-1, 1), 0],
  geU: [i32.geU(-1, 1), 1],
  clz: [i32.clz(0x00ffffff), 8],
  ctz: [i32.ctz(0x500), 8],
  popcnt: [i32.popcnt(0xf0f), 8],
  add: [i32.add(0x7fffffff, 1), -0x80000000],
  sub: [i32.sub(3, 5), -2],
  mul: [i32.mul(-3, 5), -15],
  divS: [i32.divS(-7, 2), -3],
  divU: [i32.divU(-2, 2), 0x7fffffff],
  remS: [i32.remS(-7, 2), -1],
  remU: [i32.remU(-1, 10), 5],
  and: [i32.and(0b1100, 0b1010), 0b1000],
  or: [i32.or(0b1100, 0b1010), 0b1110],
  xor: [i32.xor(0b1100, 0b1010), 0b0110],
  shl: [i32.shl(3, 4), 48],
  shrS: [i32.shrS(-16, 2), -4],
  shrU: [i32.shrU(-16, 28), 15],
  rotl: [i32.rotl(0x80000001, 1), 3],
  rotr: [i32.rotr(3, 1), 0x80000001 | 0],
  wrapI64: [i32.wrapI64(0x1_0000_0005n), 5],
  truncF32S: [i32.truncF32S(-2.75), -2],
  truncF32U: [i32.truncF32U(3e9), 3e9 | 0],
  truncF64S: [i32.truncF64S(-2.75), -2],
  truncF64U: [i32.truncF64U(3e9), 3e9 | 0],
  reinterpretF32: [i32.reinterpretF32(1), 0x3f800000],
  extend8S: [i32.extend8S(0xff), -1],
  extend16S: [i32.extend16S(0xfffe), -2],
  truncSatF32S: [i32.truncSatF32S(1e20), 0x7fffffff],
  truncSatF32U: [i32.truncSatF32U(-5), 0],
  truncSatF64S: [i32.truncSatF64S(Number.NaN), 0],
  truncSatF64U: [i32.truncSatF64U(1e20), -1],
};

const integers64: Table = {
  const: [i64.const(-(2n ** 63n)), -(2n ** 63n)],
  load: [i64.load(0), -0x097a7b7c7d7e0002n],
  load8S: [i64.load8S(0), -2n],
  load8U: [i64.load8U(0), 254n],
  load16S: [i64.load16S(0, 2), BigInt(0x8281 - 0x10000)],
  load16U: [i64.load16U(2), 0x8281n],
  load32S: [i64.load32S(0), BigInt(0x8281fffe | 0)],
  load32U: [i64.load32U(0), 0x8281fffen],
  eqz: [i64.eqz(0n), 1],
  eq: [i64.eq(3n, 3n), 1],
  ne: [i64.ne(3n, 3n), 0],
  ltS: [i64.ltS(-1n, 1n), 1],
  ltU: [i64.ltU(-1n, 1n), 0],
  gtS: [i64.gtS(-1n, 1n), 0],
  gtU: [i64.gtU(-1n, 1n), 1],
  leS: [i64.leS(-1n, -1n), 1],
  leU: [i64.leU(-1n, 1n), 0],
  geS: [i64.geS(-1n, 1n), 0],
  geU: [i64.geU(-1n, 1n), 1],
  clz: [i64.clz(0xffn), 56n],
  ctz: [i64.ctz(2n ** 40n), 40n],
  popcnt: [i64.popcnt(-1n), 64n],
  add: [i64.add(2n ** 63n - 1n, 1n), -(2n ** 63n)],
  sub: [i64.sub(3n, 5n), -2n],
  mul: [i64.mul(-3n, 2n ** 40n), -3n * 2n ** 40n],
  divS: [i64.divS(-7n, 2n), -3n],
  divU: [i64.divU(-2n, 2n), 2n ** 63n - 1n],
  remS: [i64.remS(-7n, 2n), -1n],
  remU: [i64.remU(-1n, 10n), 5n],
  and: [i64.and(0b1100n, 0b1010n), 0b1000n],
  or: [i64.or(0b1100n, 0b1010n), 0b1110n],
  xor: [i64.xor(0b1100n, 0b1010n), 0b0110n],
  shl: [i64.shl(3n, 40n), 3n * 2n ** 40n],
  shrS: [i64.shrS(-16n, 2n), -4n],
  shrU: [i64.shrU(-16n, 60n), 15n],
  rotl: [i64.rotl(-(2n ** 63n) + 1n, 1n), 3n],
  rotr: [i64.rotr(3n, 1n), -(2n ** 63n) + 1n],
  extendI32S: [i64.extendI32S(-5), -5n],
  extendI32U: [i64.extendI32U(-1), 0xffffffffn],
  truncF32S: [i64.truncF32S(-2.75), -2n],
  truncF32U: [i64.truncF32U(2 ** 40), 2n ** 40n],
  truncF64S: [i64.truncF64S(-(2 ** 52)), -(2n ** 52n)],
  truncF64U: [i64.truncF64U(2 ** 63), -(2n ** 63n)],
  reinterpretF64: [i64.reinterpretF64(1), 0x3ff0_0000_0000_0000n],
  extend8S: [i64.extend8S(0xffn), -1n],
  extend16S: [i64.extend16S(0xfffen), -2n],
  extend32S: [i64.extend32S(0xfffffffdn), -3n],
  truncSatF32S: [i64.truncSatF32S(1e20), 2n ** 63n - 1n],
  truncSatF32U: [i64.truncSatF32U(-5), 0n],
  truncSatF64S: [i64.truncSatF64S(Number.NaN), 0n],
  truncSatF64U: [i64.truncSatF64U(1e30), -1n],
};

/** What both float families have, with values that single precision holds exactly. */
const floats = (f: typeof f32): Table => ({
  const: [f.const(Number.NaN), Number.NaN],
  eq: [f.eq(0, -0), 1],
  ne: [f.ne(Number.NaN, Number.NaN), 1],
  lt: [f.lt(1, 2), 1],
  gt: [f.gt(1, 2), 0],
  le: [f.le(2, 2), 1],
  ge: [f.ge(Number.NaN, 2), 0],
  abs: [f.abs(-2.5), 2.5],
  neg: [f.neg(0), -0],
  ceil: [f.ceil(-0.5), -0],
  floor: [f.floor(-0.5), -1],
  trunc: [f.trunc(-2.75), -2],
  nearest: [f.nearest(2.5), 2],
  sqrt: [f.sqrt(2.25), 1.5],
  add: [f.add(0.5, 0.25), 0.75],
  sub: [f.sub(0.5, 0.75), -0.25],
  mul: [f.mul(1.5, -2), -3],
  div: [f.div(1, 0), Infinity],
  min: [f.min(0, -0), -0],
  max: [f.max(1, Number.NaN), Number.NaN],
  copysign: [f.copysign(3, -0), -3],
  convertI32S: [f.convertI32S(-1), -1],
  convertI32U: [f.convertI32U(-(2 ** 31)), 2 ** 31],
  convertI64S: [f.convertI64S(-(2n ** 40n)), -(2 ** 40)],
  convertI64U: [f.convertI64U(-(2n ** 63n)), 2 ** 63],
});

const floats32: Table = {
  ...floats(f32),
  load: [f32.load(0, 4), new Float32Array(memory().buffer)[1]],
  demoteF64: [f32.demoteF64(0.1), Math.fround(0.1)],
  reinterpretI32: [f32.reinterpretI32(0x7f800000), Infinity],
};

const floats64: Table = {
  ...floats(f64 as unknown as typeof f32),
  load: [f64.load(0), new Float64Array(memory().buffer)[0]],
  promoteF32: [f64.promoteF32(0.1), Math.fround(0.1)],
  reinterpretI64: [f64.reinterpretI64(0x7ff0_0000_0000_0000n), Infinity],
};

const isStore = (name: string) => name.startsWith("store");

describe.each([
  ["i32", i32, integers32],
  ["i64", i64, integers64],
  ["f32", f32, floats32],
  ["f64", f64, floats64],
] as const)("%s", (_, family, table) => {
  it.each(Object.entries(table))("%s", (_, [expression, value]) => {
    expect(evaluate(expression, memory())).toBe(value);
  });

  it("has no instruction that is not in the table", () => {
    expect(Object.keys(table).sort()).toEqual(
      Object.keys(family)
        .filter((name) => !isStore(name))
        .sort(),
    );
  });
});

describe("stores", () => {
  const stored = (...body: Parameters<typeof execute>[0]) =>
    new Uint8Array(execute(body).buffer.slice(0, 12));

  it("write as many low bytes as they say, at the address and its offset", () => {
    expect([...stored(i32.store(2, 0x01020304, 1))]).toEqual([0, 0, 0, 4, 3, 2, 1, 0, 0, 0, 0, 0]);
    expect([...stored(i32.store8(0, 0x01020304), i32.store16(4, 0x01020304))]).toEqual([
      4, 0, 0, 0, 4, 3, 0, 0, 0, 0, 0, 0,
    ]);
    expect([...stored(i64.store(0, 0x0102030405060708n))]).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0]);
    expect([
      ...stored(i64.store8(0, 0x0102n), i64.store16(2, 0x010203n), i64.store32(6, 0x0102030405n)),
    ]).toEqual([2, 0, 3, 2, 0, 0, 5, 4, 3, 2, 0, 0]);
  });

  it("write floating-point numbers", () => {
    const { buffer } = execute([f32.store(0, 0.1), f64.store(8, 0.1)]);
    expect(new Float32Array(buffer)[0]).toBe(Math.fround(0.1));
    expect(new Float64Array(buffer)[1]).toBe(0.1);
  });
});
