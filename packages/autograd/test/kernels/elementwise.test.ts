import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../src/dtype.ts";
import { plainLoop } from "../../src/kernels/choose-loop.ts";
import { runElementwise } from "../../src/kernels/elementwise.ts";
import type { Strided } from "../../src/kernels/strided.ts";
import { add, mul, sub } from "../../src/scalar/arithmetic.ts";
import { compileLoop } from "../../src/scalar/compile.ts";
import { Scalar } from "../../src/scalar/expression.ts";
import { broadcastShapes, sizeOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

const inputs = [0, 1, 2, 3].map((k) => Scalar.input(k));
const expressions = [
  Scalar.apply(mul, [inputs[0], 3]),
  Scalar.apply(sub, [inputs[0], inputs[1]]),
  Scalar.apply(add, [inputs[0], Scalar.apply(mul, [inputs[1], inputs[2]])]),
  Scalar.apply(add, [Scalar.apply(mul, [inputs[0], inputs[1]]), Scalar.apply(mul, [inputs[2], inputs[3]])]),
];
const plain = [
  (a: number) => a * 3,
  (a: number, b: number) => a - b,
  (a: number, b: number, c: number) => a + b * c,
  (a: number, b: number, c: number, d: number) => a * b + c * d,
];

/** What an operand holds at an element of the common shape. */
function readAt(x: Strided, shape: readonly number[], index: number): number {
  let [rest, position] = [index, x.offset];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const own = axis - shape.length + x.shape.length;
    const place = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
    if (own >= 0 && x.shape[own] !== 1) position += place * x.strides[own];
  }
  return x.data[position];
}

describe("loops over operands that broadcast", () => {
  it.each([1, 2, 3, 4])("agree with a loop over elements: %i operands", (count) => {
    const loop = plainLoop(compileLoop(expressions[count - 1], count));
    const operands = fc.array(anyView(fc.constantFrom(1, 1, 3)), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(operands, (views) => {
        const shape = broadcastShapes(
          "test",
          views.map((x) => x.shape),
        );
        const out = new Float64Array(sizeOf(shape)).fill(-77);
        runElementwise(loop, views, shape, out);
        const expected = Array.from(out, (_, index) =>
          plain[count - 1](
            ...(views.map((x) => readAt(x, shape, index)) as [number, number, number, number]),
          ),
        );
        expect(Array.from(out)).toEqual(expected);
      }),
    );
  });

  it("do nothing on nothing", () => {
    const loop = plainLoop(compileLoop(expressions[1], 2));
    const empty = { data: new Float64Array(0), shape: [2, 0], strides: [0, 1], offset: 0 };
    const row = { data: Float64Array.of(1), shape: [1], strides: [1], offset: 0 };
    expect(() => runElementwise(loop, [empty, row], [2, 0], new Float64Array(0))).not.toThrow();
  });

  it("write what the element type of the result can hold", () => {
    const loop = plainLoop(compileLoop(expressions[0], 1));
    const x = { data: Float64Array.of(0.1, 2e9), shape: [2], strides: [1], offset: 0 };
    for (const dtype of ["f32", "i32", "f64"] as const) {
      const out = allocate(dtype, 2);
      runElementwise(loop, [x], [2], out);
      const wanted = allocate(dtype, 2);
      wanted.set([0.1 * 3, 6e9]);
      expect(out).toEqual(wanted);
    }
  });

  it("read a view of one element at its offset, however its strides are", () => {
    const loop = plainLoop(compileLoop(expressions[1], 2));
    const one = { data: Float64Array.of(9, 8, 7), shape: [1, 1], strides: [50, 60], offset: 2 };
    const many = { data: Float64Array.of(1, 2, 3), shape: [3], strides: [1], offset: 0 };
    const out = new Float64Array(3);
    runElementwise(loop, [one, many], [1, 3], out);
    expect(Array.from(out)).toEqual([6, 5, 4]);
    runElementwise(loop, [one, one], [1, 1], out.subarray(0, 1));
    expect(out[0]).toBe(0);
    expect(elementsOf(one)).toEqual([7]);
  });
});
