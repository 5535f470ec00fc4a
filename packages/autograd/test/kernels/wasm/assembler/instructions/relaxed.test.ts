import { describe, expect, it } from "vitest";
import { drop } from "../../../../../src/kernels/wasm/assembler/control.ts";
import { encodeModule } from "../../../../../src/kernels/wasm/assembler/encode-module.ts";
import { func } from "../../../../../src/kernels/wasm/assembler/func.ts";
import * as f32x4 from "../../../../../src/kernels/wasm/assembler/instructions/f32x4.ts";
import * as f64x2 from "../../../../../src/kernels/wasm/assembler/instructions/f64x2.ts";
import * as i32x4 from "../../../../../src/kernels/wasm/assembler/instructions/i32x4.ts";
import * as relaxed from "../../../../../src/kernels/wasm/assembler/instructions/relaxed.ts";
import { printFunction } from "../../../../../src/kernels/wasm/assembler/print.ts";
import type { Vector } from "../../../../../src/kernels/wasm/assembler/vector-instruction.ts";
import { bytesOf, host } from "../run-term.ts";

const [x, y, z] = [f32x4.splat(3), f32x4.splat(5), f32x4.splat(7)];
const [u, v, w] = [f64x2.splat(3), f64x2.splat(5), f64x2.splat(7)];
const probe = func({ name: "probe", parameters: [], body: [drop(relaxed.f32x4Madd(x, y, z))] });
const isSupported = host.validate(encodeModule({ exports: { probe } }));

describe("relaxed instructions", () => {
  it("are encoded with numbers of two bytes", () => {
    const bytes = [...encodeModule({ exports: { probe } })]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    expect(bytes).toContain("fd85021a0b");
    expect(printFunction(probe)).toContain("(f32x4.relaxed_madd (f32x4.splat (f32.const 3))");
  });

  it.runIf(isSupported)("compute what the strict ones do, where those do not round", () => {
    const singles = (vector: Vector) => new Float32Array(bytesOf(vector))[3];
    const doubles = (vector: Vector) => new Float64Array(bytesOf(vector))[1];
    const integers = (vector: Vector) => new Int32Array(bytesOf(vector))[0];
    expect(singles(relaxed.f32x4Madd(x, y, z))).toBe(22);
    expect(singles(relaxed.f32x4Nmadd(x, y, z))).toBe(-8);
    expect(singles(relaxed.f32x4Min(x, y))).toBe(3);
    expect(singles(relaxed.f32x4Max(x, y))).toBe(5);
    expect(doubles(relaxed.f64x2Madd(u, v, w))).toBe(22);
    expect(doubles(relaxed.f64x2Nmadd(u, v, w))).toBe(-8);
    expect(doubles(relaxed.f64x2Min(u, v))).toBe(3);
    expect(doubles(relaxed.f64x2Max(u, v))).toBe(5);
    expect(integers(relaxed.i32x4TruncF32x4S(f32x4.splat(-3.5)))).toBe(-3);
    expect(integers(relaxed.i32x4TruncF32x4U(f32x4.splat(3.5)))).toBe(3);
    expect(integers(relaxed.i32x4Laneselect(i32x4.splat(1), i32x4.splat(2), i32x4.splat(-1)))).toBe(1);
    expect(integers(relaxed.i64x2Laneselect(i32x4.splat(1), i32x4.splat(2), i32x4.splat(0)))).toBe(2);
  });
});
