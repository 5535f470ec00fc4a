import { describe, expect, expectTypeOf, it } from "vitest";
import { when } from "../../../../src/kernels/wasm/assembler/control.ts";
import { countedLoop } from "../../../../src/kernels/wasm/assembler/counted-loop.ts";
import { encodeModule } from "../../../../src/kernels/wasm/assembler/encode-module.ts";
import { call, func } from "../../../../src/kernels/wasm/assembler/func.ts";
import { type HostFunction, instantiate } from "../../../../src/kernels/wasm/assembler/instantiate.ts";
import type { Operand } from "../../../../src/kernels/wasm/assembler/instruction.ts";
import * as f32 from "../../../../src/kernels/wasm/assembler/instructions/f32.ts";
import * as f32x4 from "../../../../src/kernels/wasm/assembler/instructions/f32x4.ts";
import * as i32 from "../../../../src/kernels/wasm/assembler/instructions/i32.ts";
import * as i64 from "../../../../src/kernels/wasm/assembler/instructions/i64.ts";
import * as v128 from "../../../../src/kernels/wasm/assembler/instructions/v128.ts";
import { local, locals, set } from "../../../../src/kernels/wasm/assembler/local.ts";
import { printModule } from "../../../../src/kernels/wasm/assembler/print.ts";
import type { Expression } from "../../../../src/kernels/wasm/assembler/term.ts";
import type { HostMemory } from "../../../../src/kernels/wasm/host.ts";
import { host, memoryOf } from "./run-term.ts";

const [x, y, count, i] = locals("i32", "x", "y", "count", "i");
const factor = local("f32", "factor");
const vector = local("v128", "factor");

const clampCount = func({
  name: "clampCount",
  parameters: [count],
  body: [when(i32.ltS(count, 0), [set(count, 0)], [set(count, i32.and(count, -4))])],
  returns: count,
});

/** y += factor x, four numbers at a time. */
const axpy = func({
  name: "axpy",
  parameters: [factor, x, y, count],
  body: [
    set(vector, f32x4.splat(factor)),
    countedLoop(i, 0, call(clampCount, count), 4, [
      v128.store(y, f32x4.add(v128.load(y), f32x4.mul(vector, v128.load(x)))),
      set(x, i32.add(x, 16)),
      set(y, i32.add(y, 16)),
    ]),
  ],
});

describe("modules", () => {
  it("are printed in the text format", () => {
    expect(
      printModule({ memory: { minimum: 1, exportedAs: "memory" }, exports: { axpy } }),
    ).toMatchInlineSnapshot(`
      "(module
        (memory (export "memory") 1)
        (func $axpy (export "axpy") (param $factor f32) (param $x i32) (param $y i32) (param $count i32)
          (local $factor.1 v128)
          (local $i i32)
          (local.set $factor.1 (f32x4.splat (local.get $factor)))
          (block $exit
            (local.set $i (i32.const 0))
            (br_if $exit (i32.ge_s (local.get $i) (call $clampCount (local.get $count))))
            (loop $again
              (v128.store (local.get $y) (f32x4.add (v128.load (local.get $y)) (f32x4.mul (local.get $factor.1) (v128.load (local.get $x)))))
              (local.set $x (i32.add (local.get $x) (i32.const 16)))
              (local.set $y (i32.add (local.get $y) (i32.const 16)))
              (local.set $i (i32.add (local.get $i) (i32.const 4)))
              (br_if $again (i32.lt_s (local.get $i) (call $clampCount (local.get $count)))))))
        (func $clampCount (param $count i32) (result i32)
          (if $end (i32.lt_s (local.get $count) (i32.const 0))
            (then
              (local.set $count (i32.const 0)))
            (else
              (local.set $count (i32.and (local.get $count) (i32.const -4)))))
          (local.get $count))
      )"
    `);
  });

  it("run", () => {
    const memory = memoryOf(
      new Uint8Array(Float32Array.of(1, 3, 5, 7, 9, 11, 13, 15, ...new Array(8).fill(100)).buffer),
    );
    const declaration = { minimum: 0, importedAs: ["a", "b"] } as const;
    instantiate(host, { memory: declaration, exports: { axpy } }, memory).axpy(0.5, 0, 32, 9);
    expect([...new Float32Array(memory.buffer, 32, 8)]).toEqual(
      [1, 3, 5, 7, 9, 11, 13, 15].map((v) => v / 2 + 100),
    );
  });

  it("contain each function once, however often it is exported and called", () => {
    const twice = func({
      name: "twice",
      parameters: [x],
      body: [],
      returns: i32.add(call(clampCount, x), call(clampCount, x)),
    });
    const exports = instantiate(host, { exports: { twice, again: twice, clampCount } });
    expect([exports.twice(9), exports.again(9), exports.clampCount(9)]).toEqual([16, 16, 8]);
    expect(printModule({ exports: { twice, again: twice } }).match(/\(func /g)).toHaveLength(2);
  });

  it("tell locals of one name apart in print", () => {
    const [a, b] = [local("i32", "same"), local("i64", "same")];
    const f = func({ name: "f", parameters: [a], body: [set(b, i64.extendI32S(a))], returns: b });
    expect(printModule({ exports: { f } })).toContain(
      "(local.set $same.1 (i64.extend_i32_s (local.get $same)))",
    );
    expect(instantiate(host, { exports: { f } }).f(-3)).toBe(-3n);
  });

  it("own a memory, or import one, with limits", () => {
    const size = func({ name: "size", parameters: [], body: [], returns: i32.load(0) });
    const owner = instantiate(host, {
      memory: { minimum: 2, maximum: 3, exportedAs: "own" },
      exports: { size },
    });
    const { own } = owner as unknown as { own: HostMemory };
    expect(own.buffer.byteLength).toBe(2 * 65536);
    expect(() => own.grow(2)).toThrow(RangeError);
    const importedAs = ["space", "name"] as const;
    expect(() =>
      instantiate(host, { memory: { minimum: 2, importedAs }, exports: { size } }, memoryOf()),
    ).toThrow();
    const shared = { memory: { minimum: 1, maximum: 1, shared: true, importedAs }, exports: { size } };
    expect(host.validate(encodeModule(shared))).toBe(true);
    expect(printModule(shared)).toContain('(memory (import "space" "name") 1 1 shared)');
  });

  it("have names in ASCII", () => {
    expect(() => encodeModule({ exports: { größe: clampCount } })).toThrowErrorMatchingInlineSnapshot(
      `[Error: name "größe" of a WebAssembly module must be ASCII]`,
    );
  });
});

describe("types", () => {
  it("keep scalars and vectors apart", () => {
    expectTypeOf<Expression<"f32">>().not.toExtend<Operand<"v128">>();
    expectTypeOf<Expression<"v128">>().not.toExtend<Operand<"f32">>();
    expectTypeOf<Expression<"f32">>().not.toExtend<Operand<"f64">>();
    expectTypeOf<number>().not.toExtend<Operand<"v128">>();
    expectTypeOf<number>().not.toExtend<Operand<"i64">>();
    expectTypeOf<number>().toExtend<Operand<"f32">>();
    expectTypeOf<bigint>().toExtend<Operand<"i64">>();
    expectTypeOf(f32.add).parameter(0).toEqualTypeOf<Operand<"f32">>();
    expectTypeOf(f32.lt).returns.toEqualTypeOf<Expression<"i32">>();
    expectTypeOf(f32x4.add).parameter(1).toEqualTypeOf<Expression<"v128">>();
    expectTypeOf(f32x4.extractLane).returns.toEqualTypeOf<Expression<"f32">>();
  });

  it("give exported functions the types of the host", () => {
    expectTypeOf<HostFunction<typeof axpy>>().toEqualTypeOf<
      (...operands: [number, number, number, number]) => void
    >();
    const big = func({ name: "big", parameters: [local("i64", "n")], body: [], returns: f32.const(1) });
    expectTypeOf<HostFunction<typeof big>>().toEqualTypeOf<(...operands: [bigint]) => number>();
    const closed = func({ name: "closed", parameters: [vector], body: [] });
    expectTypeOf<HostFunction<typeof closed>>().parameter(0).toBeNever();
  });
});
