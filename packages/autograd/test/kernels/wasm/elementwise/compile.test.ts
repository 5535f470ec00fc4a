import { describe, expect, it } from "vitest";
import { chooseLoop } from "../../../../src/kernels/choose-loop.ts";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { encodeModule } from "../../../../src/kernels/wasm/assembler/encode-module.ts";
import { VectorLoops } from "../../../../src/kernels/wasm/elementwise/compile.ts";
import { f32x4Format, f64x2Format } from "../../../../src/kernels/wasm/elementwise/format.ts";
import { writeLoop } from "../../../../src/kernels/wasm/elementwise/loop.ts";
import type {
  CostlyRule,
  Floats,
  Operand,
  Program,
} from "../../../../src/kernels/wasm/elementwise/program.ts";
import { add, mul } from "../../../../src/scalar/arithmetic.ts";
import { leastForVectors } from "../../../../src/scalar/compile-vectors.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { erf } from "../../../../src/scalar/sigmoidal.ts";
import { exp, sin } from "../../../../src/scalar/transcendental.ts";
import { vectors } from "../../../../src/scalar/vectorize.ts";
import { host } from "../assembler/run-term.ts";
import { arrayOf } from "./rows.ts";

const of = (primitive: Primitive, ...inputs: (Scalar | number)[]): Scalar => Scalar.apply(primitive, inputs);
const [x, y] = [0, 1].map((k) => Scalar.input(k));

const program = (factor: number, precision: "f32" | "f64" = "f64"): Program => ({
  arity: 1,
  precision,
  format: precision === "f32" ? f32x4Format : f64x2Format,
  steps: [
    { kind: "operand", position: 0 },
    { kind: "constant", value: factor },
    { kind: "apply", rule: "mul", steps: [0, 1] },
    { kind: "apply", rule: exp.vector as CostlyRule, steps: [2] },
  ],
});

const lineOf = (data: Floats, count: number, offset = 0): Operand => ({
  data,
  shape: [count],
  strides: [1],
  offset,
});
const numbers = (count: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: count }, (_, k) => Math.sin(k));

describe("leastForVectors", () => {
  it("is low for something costly, and Infinity without a rule for every part", () => {
    const costly = leastForVectors(of(add, x, of(exp, y)), "f32");
    const cheap = leastForVectors(of(add, x, of(mul, y, 2)), "f32");
    expect(costly).toBeLessThan(cheap);
    expect(cheap).toBeLessThan(Infinity);
    expect(leastForVectors(of(add, x, of(exp, of(sin, y))), "f32")).toBe(Infinity);
  });

  it("leaves to plain loops what would lose digits", () => {
    expect(leastForVectors(of(erf, x), "f32")).toBeLessThan(Infinity);
    expect(leastForVectors(of(erf, x), "f64")).toBe(Infinity);
  });

  it("is Infinity as long as nothing brings the compiler", () => {
    const { by } = vectors;
    const least = (): number => chooseLoop(of(exp, x), 1, "f32", [{ dtype: "f32" }]).least;
    expect(least()).toBeLessThan(Infinity);
    try {
      vectors.by = null;
      expect(least()).toBe(Infinity);
    } finally {
      vectors.by = by;
    }
  });
});

describe("VectorLoops", () => {
  it.each(["f32", "f64"] as const)(
    "writes the elements asked for, however many, and nothing else: %s",
    (precision) => {
      const loop = new VectorLoops(() => new Arena(host)).compile(program(1, precision));
      for (const count of [0, 1, 2, 3, 4, 5, 255, 2047, 2048, 2049, 4095, 4097, 9001]) {
        const from = arrayOf(precision, count + 3);
        from.set(numbers(count + 3));
        const out = arrayOf(precision, count + 5).fill(-7);
        expect(loop?.(out, [lineOf(from, count, 3)], [count], count)).toBe(true);
        expect([...out.subarray(count)]).toEqual([-7, -7, -7, -7, -7]);
        for (let k = 0; k < count; k++)
          expect(Math.abs(out[k] - Math.exp(from[k + 3]))).toBeLessThan(precision === "f32" ? 2e-7 : 1e-15);
      }
    },
  );

  it("gives the same bits wherever an element stands", () => {
    const loop = new VectorLoops(() => new Arena(host)).compile(program(1));
    const from = numbers(4100);
    const whole = new Float64Array(4100);
    loop?.(whole, [lineOf(from, 4100)], [4100], 4100);
    for (const [start, count] of [
      [0, 1],
      [1, 1],
      [1, 2050],
      [2047, 3],
      [77, 4023],
    ]) {
      const part = new Float64Array(count);
      loop?.(part, [lineOf(from, count, start)], [count], count);
      expect(part).toEqual(whole.slice(start, start + count));
    }
  });

  it("gives the arena back", () => {
    const arena = new Arena(host);
    const loop = new VectorLoops(() => arena).compile(program(1));
    arena.allocate(100);
    const mark = arena.mark();
    loop?.(new Float64Array(10), [lineOf(numbers(10), 10)], [10], 10);
    expect(arena.mark()).toBe(mark);
  });

  it("declines where there is no WebAssembly, or none is allowed", () => {
    expect(new VectorLoops(() => null).compile(program(1))).toBeNull();
    const { Instance, Memory, validate } = host;
    const forbidding = class {
      constructor() {
        throw new Error("refused by a content security policy");
      }
    };
    const arena = new Arena({ Module: forbidding, Instance, Memory, validate });
    expect(new VectorLoops(() => arena).compile(program(1))).toBeNull();
  });

  it("does nothing where the arena cannot grow", () => {
    const { Module, Instance, validate } = host;
    const full = class extends host.Memory {
      override grow(): number {
        throw new RangeError("no memory");
      }
    };
    const arena = new Arena({ Module, Instance, Memory: full as typeof host.Memory, validate });
    const loop = new VectorLoops(() => arena).compile(program(1));
    arena.allocate(arena.memory.buffer.byteLength);
    expect(loop?.(new Float64Array(10), [lineOf(numbers(10), 10)], [10], 10)).toBe(false);
  });

  it("forgets old modules and compiles them again", () => {
    let compiled = 0;
    const { Instance, Memory, validate } = host;
    const counting = class extends host.Module {
      constructor(bytes: Uint8Array<ArrayBuffer>) {
        super(bytes);
        compiled++;
      }
    };
    const arena = new Arena({ Module: counting, Instance, Memory, validate });
    const loops = new VectorLoops(() => arena);
    const many = Array.from({ length: 257 }, (_, k) => loops.compile(program(k)));
    const out = new Float64Array(2);
    const from = Float64Array.of(0.5, 1);
    expect(compiled).toBe(257);
    many[256]?.(out, [lineOf(from, 2)], [2], 2);
    expect(compiled).toBe(257);
    many[0]?.(out, [lineOf(from, 2)], [2], 2);
    expect(compiled).toBe(258);
    expect([...out]).toEqual([1, 1]);
  });

  it("makes modules that browsers compile without waiting", () => {
    const module = encodeModule({ exports: { loop: writeLoop(program(2)) } });
    expect(module.length).toBeLessThan(4096);
  });
});
