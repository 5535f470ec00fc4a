import { describe, expect, it } from "vitest";
import { allocate, type Dtype, type TypedArray } from "../../src/dtype.ts";
import { chooseLoop, type ElementwiseLoop, plainLoop } from "../../src/kernels/choose-loop.ts";
import { runElementwise } from "../../src/kernels/elementwise.ts";
import type { Strided } from "../../src/kernels/strided.ts";
import { add, mul } from "../../src/scalar/arithmetic.ts";
import { where } from "../../src/scalar/choice.ts";
import { compileLoop } from "../../src/scalar/compile.ts";
import { type Primitive, Scalar } from "../../src/scalar/expression.ts";
import { tanh } from "../../src/scalar/sigmoidal.ts";
import { exp } from "../../src/scalar/transcendental.ts";

const of = (primitive: Primitive, ...inputs: (Scalar | number)[]): Scalar => Scalar.apply(primitive, inputs);
const [x, y, z] = [0, 1, 2].map((k) => Scalar.input(k));
const root = of(add, of(tanh, x), of(mul, y, of(exp, z)));

const view = (shift: number, strides: readonly number[], offset = 0, extents = [30, 40]): Strided => ({
  data: Float32Array.from({ length: 5000 }, (_, k) => Math.sin(k + shift)),
  shape: extents,
  strides,
  offset,
});

function run(loop: ElementwiseLoop, operands: readonly Strided[]): Float32Array {
  const out = new Float32Array(1200);
  runElementwise(loop, operands, [30, 40], out);
  return out;
}

function sines(dtype: Dtype): TypedArray {
  const data = allocate(dtype, 1200);
  for (let k = 0; k < data.length; k++) data[k] = Math.sin(k);
  return data;
}

describe("chooseLoop", () => {
  it.each<[string, readonly Strided[]]>([
    ["dense", [view(0, [40, 1]), view(1, [40, 1], 7), view(2, [40, 1])]],
    ["single", [view(0, [40, 1]), view(1, [1, 1], 3, [1, 1]), view(2, [40, 1])]],
    ["row", [view(0, [40, 1]), view(1, [40, 1], 5, [1, 40]), view(2, [40, 1])]],
    ["column", [view(0, [40, 1]), view(1, [2, 1], 5, [30, 1]), view(2, [40, 1])]],
    ["transposed", [view(0, [1, 30]), view(1, [40, 1]), view(2, [1, 30], 3)]],
    ["sliced", [view(0, [160, 1], 80), view(1, [160, 1]), view(2, [80, 2], 9)]],
    ["reversed", [view(0, [-40, -1], 1300), view(1, [40, 1]), view(2, [0, 0], 9)]],
  ])("computes what the plain loop does: %s", (_, operands) => {
    const [left, right] = [chooseLoop(root, 3, "f32", []), plainLoop(compileLoop(root, 3))].map((loop) =>
      run(loop, operands),
    );
    for (let k = 0; k < left.length; k++) expect(Math.abs(left[k] - right[k])).toBeLessThan(5e-7);
  });

  it("leaves few elements, whole numbers and results of another type to plain loops", () => {
    const least = (dtype: Dtype, ...operands: Dtype[]): number =>
      chooseLoop(
        of(exp, x),
        1,
        dtype,
        operands.map((each) => ({ dtype: each })),
      ).least;
    expect(least("f32", "f32")).toBeGreaterThan(8);
    expect(least("f32", "f32")).toBeLessThan(1000);
    expect(least("f32", "i32")).toBe(Infinity);
    expect(least("f32", "f64")).toBe(Infinity);
    expect(least("i32", "i32")).toBe(Infinity);
    expect(least("bool", "f32")).toBe(Infinity);
  });

  it.each([
    ["f32", Uint8Array, "bool"],
    ["f64", Uint8Array, "bool"],
    ["f64", Float32Array, "f32"],
    ["f64", Int32Array, "i32"],
  ] as const)("widens: %s from %s", (dtype, View, other) => {
    const data = new View(1200);
    for (let k = 0; k < data.length; k++) data[k] = k % 3;
    const inverted = Scalar.apply(where, [x, y, of(exp, y)]);
    const operands = [
      { data, shape: [30, 40], strides: [1, 30], offset: 0 },
      { data: sines(dtype), shape: [30, 40], strides: [40, 1], offset: 0 },
    ];
    const [left, right] = [
      chooseLoop(inverted, 2, dtype, [{ dtype: other }, { dtype }]),
      plainLoop(compileLoop(inverted, 2)),
    ].map((loop) => {
      const out = allocate(dtype, 1200);
      runElementwise(loop, operands, [30, 40], out);
      return out;
    });
    for (let k = 0; k < left.length; k++) expect(Math.abs(left[k] - right[k])).toBeLessThan(5e-7);
  });
});
