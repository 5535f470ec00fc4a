import { afterAll, describe, expect, it } from "vitest";
import { batchedGemm, gemm } from "../../src/kernels/gemm.ts";
import { MatrixMultiplier } from "../../src/kernels/matrix-multiplier.ts";
import { nativeProducts } from "../../src/kernels/native/product.ts";
import { Arena } from "../../src/kernels/wasm/arena.ts";
import type { WebAssemblyHost } from "../../src/kernels/wasm/host.ts";
import { Team } from "../../src/kernels/wasm/threads/team.ts";
import { floats, gemmLaws } from "./gemm-laws.ts";
import { firstDifference, integersFrom, matrixOf, productOf } from "./matrices.ts";
import { cblasGemm } from "./native/cblas.ts";
import { host } from "./wasm/assembler/run-term.ts";
import { waitFor } from "./wasm/threads/probe.ts";

const native = new MatrixMultiplier(() => null);
native.native = nativeProducts({ f32: cblasGemm, f64: cblasGemm }, 1);

const multipliers = [
  ["WebAssembly", new MatrixMultiplier(() => new Arena(host))],
  ["plain loops", new MatrixMultiplier(() => null)],
  ["calls of a library", native],
] as const;

const cases = multipliers.flatMap(([kind, multiplier]) =>
  floats.map(([dtype, View, u]) => [`${dtype} by ${kind}`, multiplier, View, u] as const),
);

describe.each(cases)("gemm %s", (_, multiplier, View, u) => gemmLaws(multiplier, View, u));

describe("gemm", () => {
  it("multiplies whole numbers, alone and in batches", () => {
    const data = Int32Array.of(1, 2, 3, 4, 5, 6, 2 ** 31 - 1, 1);
    const x = { data, offset: 0, rowStride: 2, columnStride: 1, batchStrides: [4] };
    const out = new Int32Array(8);
    gemm(2, 2, 2, x, x, out, 0);
    expect([...out.subarray(0, 4)]).toEqual([7, 10, 15, 22]);
    batchedGemm([2], 2, 2, 2, x, { ...x, batchStrides: [0] }, out, 0);
    expect([...out]).toEqual([7, 10, 15, 22, 23, 34, -(2 ** 31) + 2, 2]);
  });

  it("does the same by the shared kernels", () => {
    const next = integersFrom(7, 9);
    const [a, b] = [matrixOf(Float32Array, 20, 30, next), matrixOf(Float32Array, 30, 40, next)];
    const out = new Float32Array(2 * 800);
    gemm(20, 40, 30, a, b, out, 0);
    expect(firstDifference(out.subarray(0, 800), productOf(20, 40, 30, a, b))).toBe(-1);
    batchedGemm([2], 20, 40, 30, { ...a, batchStrides: [0] }, { ...b, batchStrides: [0] }, out, 0);
    expect(firstDifference(out.subarray(800), productOf(20, 40, 30, a, b))).toBe(-1);
  });
});

describe("a library in front of the kernels", () => {
  const multiplier = new MatrixMultiplier(() => new Arena(host));
  const next = integersFrom(9, 9);
  const [m, n, k] = [20, 30, 40];
  const multiplied = (Data: new (length: number) => Float32Array | Int32Array): boolean => {
    const [a, b] = [matrixOf(Data, m, k, next), matrixOf(Data, k, n, next)];
    const out = new Data(m * n);
    multiplier.gemm(m, n, k, a, b, out, 0);
    return firstDifference(out, productOf(m, n, k, a, b)) === -1;
  };

  it("computes what it takes on, and the kernels the rest", () => {
    let calls = 0;
    multiplier.native = nativeProducts({ f32: () => void calls++, f64: cblasGemm }, m * n * k);
    expect(multiplied(Float32Array)).toBe(false); // this one computes nothing
    expect(multiplied(Int32Array)).toBe(true);
    multiplier.native = nativeProducts({ f32: () => void calls++, f64: cblasGemm }, m * n * k + 1);
    expect(multiplied(Float32Array)).toBe(true);
    expect(calls).toBe(1);
  });

  it("gives way to plain loops when there is no memory for its copies", () => {
    multiplier.native = () => {
      throw new RangeError("Array buffer allocation failed");
    };
    expect(multiplied(Float32Array)).toBe(true);
    multiplier.native = () => {
      throw new TypeError("something else");
    };
    expect(() => multiplied(Float32Array)).toThrow("something else");
  });
});

describe("without WebAssembly, gemm falls back to plain loops", () => {
  const next = integersFrom(8, 9);
  const [m, n, k] = [20, 30, 40];
  const [a, b] = [matrixOf(Float32Array, m, k, next), matrixOf(Float32Array, k, n, next)];
  const check = (multiplier: MatrixMultiplier) => {
    const out = new Float32Array(m * n);
    multiplier.gemm(m, n, k, a, b, out, 0);
    expect(firstDifference(out, productOf(m, n, k, a, b))).toBe(-1);
  };

  it("when the host has none", () => check(new MatrixMultiplier(() => null)));

  it("when it refuses to compile, and asks only once", () => {
    let compilations = 0;
    class Module {
      constructor() {
        compilations++;
        throw new Error("code generation is not allowed");
      }
    }
    const multiplier = new MatrixMultiplier(() => new Arena(hostWith({ Module })));
    check(multiplier);
    check(multiplier);
    expect(compilations).toBe(1);
  });

  it("when it has no more memory", () => {
    class Memory extends host.Memory {
      constructor() {
        super({ initial: 0, maximum: 0 });
      }
    }
    const arena = new Arena(hostWith({ Memory }));
    check(new MatrixMultiplier(() => arena));
    expect(arena.mark()).toBe(0);
  });
});

/** The host with parts of it replaced; its own cannot be enumerated. */
function hostWith(parts: Partial<WebAssemblyHost>): WebAssemblyHost {
  const { Module, Instance, Memory, validate } = host;
  return { Module, Instance, Memory, validate, ...parts };
}

describe("a team of threads", () => {
  const team = new Team(host, 2);
  afterAll(() => team.stop());
  const arena = new Arena(host);
  const asked: number[] = [];
  const together = new MatrixMultiplier(
    () => arena,
    (flops) => {
      asked.push(flops);
      return team;
    },
  );
  const alone = new MatrixMultiplier(() => arena);

  it.each(floats)("computes %s to the bit as one thread does", (_, View) => {
    waitFor(team, 2);
    const x = new View(50_000).map((_, k) => Math.sin(k));
    const strided = { data: x, offset: 1, columnStride: 1 };
    const results = [alone, together].map((multiplier) => {
      const out = new View(1_220_000).fill(0.5);
      const whole = { ...strided, rowStride: 131 };
      multiplier.gemm(151, 103, 131, whole, whole, out, 1);
      multiplier.gemm(151, 103, 131, whole, whole, out, 16_000, true);
      multiplier.gemm(151, 103, 131, whole, whole, out, 32_001, false, { data: x, offset: 3, stride: 2 });
      const member = { ...strided, rowStride: 33, batchStrides: [33 * 7, 5] };
      multiplier.batchedGemm([10, 7], 31, 29, 33, member, member, out, 50_000);
      multiplier.gemm(
        1100,
        1000,
        17,
        { ...strided, rowStride: 9 },
        { ...strided, rowStride: 1001 },
        out,
        120_000,
      );
      return out;
    });
    expect(results[0].findIndex((value, k) => !Object.is(value, results[1][k]))).toBe(-1);
    expect(asked.splice(0).length).toBeGreaterThanOrEqual(5);
  });

  it("is asked for what is large, and lies elsewhere than where one thread computes", () => {
    const data = new Float32Array(40_000);
    const x = { data, offset: 0, rowStride: 99, columnStride: 1 };
    together.gemm(199, 50, 200, x, x, new Float32Array(10_000), 0);
    arena.allocate(320_000);
    const inside = { ...x, data: arena.float32 };
    together.gemm(200, 50, 200, inside, x, data, 0);
    together.gemm(200, 50, 200, x, inside, data, 0);
    together.gemm(200, 50, 200, x, x, arena.float32, 0);
    together.gemm(15, 400, 400, { ...x, rowStride: 0 }, { ...x, rowStride: 20 }, new Float32Array(6000), 0);
    expect(asked).toEqual([]);
    together.gemm(200, 50, 200, x, x, data.slice(), 0);
    expect(asked).toEqual([4_000_000]);
  });
});
