import { describe, expect, it } from "vitest";
import { Arena } from "../../../../src/kernels/wasm/arena.ts";
import { compileFused, type FusedProgram } from "../../../../src/kernels/wasm/elementwise/fused.ts";
import { add, div, mul, sub } from "../../../../src/scalar/arithmetic.ts";
import { gt, maximum, where } from "../../../../src/scalar/choice.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { compileSeveral, severalOf } from "../../../../src/scalar/several.ts";
import { fusedProgram } from "../../../../src/scalar/several-vectors.ts";
import { sigmoid, tanh } from "../../../../src/scalar/sigmoidal.ts";
import { sin, sqrt } from "../../../../src/scalar/transcendental.ts";
import { host } from "../assembler/run-term.ts";
import { arrayOf } from "./rows.ts";

const of = (primitive: Primitive, ...inputs: (Scalar | number)[]): Scalar => Scalar.apply(primitive, inputs);
const [x, y, z, n] = [0, 1, 2, 3].map((k) => Scalar.input(k));

/** Of three arrays, of which one is not read, and a number. */
const several = severalOf([
  of(sub, x, of(div, of(mul, n, z), of(add, of(sqrt, of(maximum, x, z)), 0.5))),
  of(where, of(gt, x, z), of(mul, x, z), of(gt, z, 0)),
  z,
  3,
]);

const programs = {
  plain: several,
  costly: severalOf([of(tanh, of(mul, x, n)), of(mul, z, of(sigmoid, x)), x]),
};

/** In steps of the element type, of the larger of the result and 1. */
const bounds = { f32: 2 ** -23 * 3, f64: 2 ** -52 * 3 };

describe("compileFused", () => {
  it.each([
    ["f32", "plain", "f32x4"],
    ["f64", "plain", "f64x2"],
    ["f32", "costly", "f64x2"],
    ["f64", "costly", "f64x2"],
  ] as const)("computes what the plain loop does: %s, %s", (precision, name, format) => {
    const root = programs[name];
    const program = fusedProgram(root, 3, 1, precision) as FusedProgram;
    expect(program.format.name).toBe(format);
    const [plain, vectors] = [compileSeveral(root, 3), compileFused(program, new Arena(host))];
    for (const count of [0, 1, 2, 3, 4, 5, 255, 2047, 2048, 2049, 5001]) {
      const arrays = [1, 2, 3].map((k) =>
        arrayOf(precision, count).map((_, i) => Math.abs(3 * Math.sin(i + k))),
      );
      const make = () => root.inputs.map(() => arrayOf(precision, count));
      const [wanted, found] = [make(), make()];
      plain(arrays, [0.3], wanted, count);
      expect(vectors?.(arrays, [0.3], found, count)).toBe(true);
      let worst = 0;
      found.forEach((array, k) => {
        array.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(value - wanted[k][i]) / Math.max(1, Math.abs(wanted[k][i])));
        });
      });
      expect(worst).toBeLessThanOrEqual(bounds[precision]);
    }
  });

  it("takes one array for several, and results that are arrays read", () => {
    const vectors = compileFused(
      fusedProgram(severalOf([of(add, x, y), of(sub, x, y)]), 2, 0, "f32") as FusedProgram,
    );
    const same = new Float32Array(3000).fill(1.5);
    expect(vectors?.([same, same], [], [new Float32Array(3000), same], 3000)).toBe(true);
    expect(new Set(same)).toEqual(new Set([0]));
  });

  it("is for expressions with a rule for every part", () => {
    expect(fusedProgram(severalOf([x, of(sin, x)]), 1, 0, "f32")).toBeNull();
  });

  it("declines without an arena, and where that has no room, and leaves it as it was", () => {
    const program = fusedProgram(several, 3, 1, "f64") as FusedProgram;
    expect(compileFused(program, null)).toBeNull();
    const full = new Arena(host, 16);
    full.allocate(16 * 65_536 - 64);
    const arrays = [1, 2, 3].map(() => new Float64Array(4));
    const [mark, results] = [full.mark(), [1, 2, 3, 4].map(() => new Float64Array(4))];
    expect(compileFused(program, full)?.(arrays, [1], results, 4)).toBe(false);
    expect(full.mark()).toBe(mark);
  });
});
