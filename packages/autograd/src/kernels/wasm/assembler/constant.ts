import { pushSigned, pushSigned64 } from "./leb128.ts";
import type { Expression, Immediate, Opcode } from "./term.ts";
import type { HostValue, ValueType } from "./value-type.ts";

type ScalarType = Exclude<ValueType, "v128">;

function pushLittleEndian(out: number[], size: number, write: (view: DataView) => void): void {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  for (let k = 0; k < size; k++) out.push(view.getUint8(k));
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (Object.is(value, -0)) return "-0";
  return String(value).replace("Infinity", "inf");
}

const opcodes: Readonly<Record<ScalarType, number>> = { i32: 0x41, i64: 0x42, f32: 0x43, f64: 0x44 };

function scalarImmediate(type: ScalarType, value: number | bigint): Immediate {
  switch (type) {
    case "i32":
      return { encode: (out) => pushSigned(out, Number(value)), text: () => String(Number(value) | 0) };
    case "i64":
      return {
        encode: (out) => pushSigned64(out, BigInt(value)),
        text: () => String(BigInt.asIntN(64, BigInt(value))),
      };
    case "f32":
      return {
        encode: (out) => pushLittleEndian(out, 4, (view) => view.setFloat32(0, Number(value), true)),
        text: () => floatText(Math.fround(Number(value))),
      };
    case "f64":
      return {
        encode: (out) => pushLittleEndian(out, 8, (view) => view.setFloat64(0, Number(value), true)),
        text: () => floatText(Number(value)),
      };
  }
}

/** A constant; integers are taken modulo their width, so that both -1 and 0xffffffff are all ones. */
export function constant<T extends ScalarType>(type: T, value: HostValue<T>): Expression<T> {
  return {
    mnemonic: `${type}.const`,
    opcode: [opcodes[type]],
    result: type,
    operands: [],
    immediates: [scalarImmediate(type, value)],
  };
}

const vectorConst: Opcode = [0xfd, 0x0c];

function vectorConstant(text: string, write: (view: DataView) => void): Expression<"v128"> {
  const immediate: Immediate = { encode: (out) => pushLittleEndian(out, 16, write), text: () => text };
  return {
    mnemonic: "v128.const",
    opcode: vectorConst,
    result: "v128",
    operands: [],
    immediates: [immediate],
  };
}

/** Four integer lanes. */
export function i32x4Constant(...lanes: readonly [number, number, number, number]): Expression<"v128"> {
  const write = (view: DataView) => lanes.forEach((lane, k) => void view.setInt32(4 * k, lane, true));
  return vectorConstant(`i32x4 ${lanes.map((lane) => lane | 0).join(" ")}`, write);
}

/** Two 64-bit integer lanes. */
export function i64x2Constant(...lanes: readonly [bigint, bigint]): Expression<"v128"> {
  const write = (view: DataView) => lanes.forEach((lane, k) => void view.setBigInt64(8 * k, lane, true));
  return vectorConstant(`i64x2 ${lanes.map((lane) => BigInt.asIntN(64, lane)).join(" ")}`, write);
}

/** Four single-precision lanes. */
export function f32x4Constant(...lanes: readonly [number, number, number, number]): Expression<"v128"> {
  const write = (view: DataView) => lanes.forEach((lane, k) => void view.setFloat32(4 * k, lane, true));
  return vectorConstant(`f32x4 ${lanes.map((lane) => floatText(Math.fround(lane))).join(" ")}`, write);
}

/** Two double-precision lanes. */
export function f64x2Constant(...lanes: readonly [number, number]): Expression<"v128"> {
  const write = (view: DataView) => lanes.forEach((lane, k) => void view.setFloat64(8 * k, lane, true));
  return vectorConstant(`f64x2 ${lanes.map(floatText).join(" ")}`, write);
}
