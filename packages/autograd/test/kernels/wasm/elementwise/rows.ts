import { expect } from "vitest";
import { chooseLoop, type ElementwiseLoop, plainLoop } from "../../../../src/kernels/choose-loop.ts";
import { runElementwise } from "../../../../src/kernels/elementwise.ts";
import { dense } from "../../../../src/kernels/strided.ts";
import type { Precision } from "../../../../src/kernels/wasm/elementwise/body.ts";
import type { Floats } from "../../../../src/kernels/wasm/elementwise/program.ts";
import * as arithmetic from "../../../../src/scalar/arithmetic.ts";
import * as choice from "../../../../src/scalar/choice.ts";
import { compileLoop } from "../../../../src/scalar/compile.ts";
import { leastForVectors } from "../../../../src/scalar/compile-vectors.ts";
import type { Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import * as gaussian from "../../../../src/scalar/gaussian.ts";
import * as logarithmic from "../../../../src/scalar/logarithmic.ts";
import * as logic from "../../../../src/scalar/logic.ts";
import * as rounding from "../../../../src/scalar/rounding.ts";
import * as sigmoidal from "../../../../src/scalar/sigmoidal.ts";
import * as transcendental from "../../../../src/scalar/transcendental.ts";

const rows = [arithmetic, choice, gaussian, logarithmic, logic, rounding, sigmoidal, transcendental]
  .flatMap((file) => Object.values(file as Record<string, unknown>))
  .filter((value): value is Primitive => typeof (value as Primitive).evaluate === "function");

/** Primitives of a few instructions, and those of one input with a rule of their own. */
export const plainRows = rows.filter(({ vector }) => typeof vector === "string");
export const costlyRows = rows.filter(
  ({ vector, evaluate }) => typeof vector === "object" && evaluate.length === 1,
);

export const arrayOf = (precision: Precision, length: number): Floats =>
  precision === "f32" ? new Float32Array(length) : new Float64Array(length);

/** What vectors and what plain loops compute over whole arrays; the vectors must be there. */
export function bothWays(
  root: Scalar,
  precision: Precision,
  operands: readonly Floats[],
): { vectors: Floats; plain: Floats } {
  expect(leastForVectors(root, precision)).toBeLessThanOrEqual(operands[0].length);
  const run = (loop: ElementwiseLoop): Floats => {
    const shape = [operands[0].length];
    const out = arrayOf(precision, shape[0]);
    runElementwise(
      loop,
      operands.map((x) => dense(x, shape)),
      shape,
      out,
    );
    return out;
  };
  return {
    vectors: run(chooseLoop(root, operands.length, precision, [])),
    plain: run(plainLoop(compileLoop(root, operands.length))),
  };
}

/** The zeros, both infinities, NaN, the smallest and the largest numbers, and the ends of what the functions can give. */
export const specials = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  1.5,
  2.5,
  -2.5,
  Infinity,
  -Infinity,
  Number.NaN,
  5e-324,
  -5e-324,
  1e-310,
  -1e-310,
  2 ** -1022,
  2 ** -149,
  -(2 ** -149),
  1e-40,
  2 ** -126,
  1e300,
  -1e300,
  3.4e38,
  -3.4e38,
  709.7,
  709.79,
  710,
  711,
  -708.5,
  -744.5,
  -745.5,
  -746,
  -1000,
  1000,
  88.7,
  88.8,
  -87.4,
  -103.9,
  -104,
  127.9,
  128,
  -149,
  -150,
  1023.9,
  1024,
  -1074,
  -1075,
];

/** Numbers of every magnitude and sign, from the bits themselves; the special ones first. */
export function numbersOfAllSizes(precision: Precision, count: number): Floats {
  const bits = new Uint32Array(precision === "f32" ? count : 2 * count);
  for (let k = 0; k < bits.length; k++) bits[k] = Math.imul(k + 1, 0x9e3779b1) ^ (k >>> 3);
  const numbers = precision === "f32" ? new Float32Array(bits.buffer) : new Float64Array(bits.buffer);
  numbers.set(specials);
  // In f64 one number in thousands is neither tiny nor huge.
  for (let k = specials.length; k < count; k += 2) numbers[k] = [1, 10, 50, 750][(k % 8) >> 1] * Math.sin(k);
  return numbers;
}

/** Steps from one number of the precision to the other; 0 for NaN twice, Infinity where only one is NaN, is infinite, or has its sign. */
export function stepsBetween(precision: Precision, x: number, y: number): number {
  if (Object.is(x, y)) return 0;
  if (Number.isFinite(x) !== Number.isFinite(y) || (x === 0 && y === 0)) return Infinity;
  return Math.abs(Number(place(precision, x) - place(precision, y)));
}

const view = new DataView(new ArrayBuffer(8));

/** The number's place in the order of all numbers of the precision. */
function place(precision: Precision, x: number): bigint {
  if (precision === "f32") view.setFloat32(0, Math.abs(x));
  else view.setFloat64(0, Math.abs(x));
  const size = precision === "f32" ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
  return x < 0 ? -size : size;
}
