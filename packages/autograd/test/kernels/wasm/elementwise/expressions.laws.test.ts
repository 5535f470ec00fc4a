import { describe, expect, it } from "vitest";
import { activations } from "../../../../src/activations/registry.ts";
import { productOf } from "../../../../src/scalar/arithmetic.ts";
import { leastForVectors, programOf } from "../../../../src/scalar/compile-vectors.ts";
import { derive } from "../../../../src/scalar/derive.ts";
import { Scalar } from "../../../../src/scalar/expression.ts";
import { interpret } from "../../../../src/scalar/interpret.ts";
import { arrayOf, bothWays, costlyRows, specials } from "./rows.ts";

/** The value, and what the rules compute of the first and second order. */
function* withSlopes(name: string, value: Scalar): Generator<[string, Scalar]> {
  const slope = derive(value, 0);
  const cotangent = Scalar.input(2);
  yield [name, value];
  yield [`${name}, slope`, productOf(cotangent, slope)];
  yield [`${name}, second`, productOf(cotangent, derive(slope, 0))];
}

const values = [
  ...costlyRows.map((row) => [row.name, Scalar.apply(row, [Scalar.input(0)])] as const),
  ...Object.values(activations).map(({ name, op }) => [`activation ${name}`, op.expression] as const),
];
const expressions = values.flatMap(([name, value]) => [...withSlopes(name, value)]);

const cases = expressions.flatMap(([name, root]) =>
  (["f32", "f64"] as const).flatMap((precision) =>
    leastForVectors(root, precision) === Infinity
      ? []
      : [[`${name}, ${precision}`, root, precision] as const],
  ),
);

describe("vectors and plain loops agree", () => {
  it("over what is meant to be fast", () => {
    const names = cases.map(([name]) => name);
    for (const name of [
      "celu",
      "elu",
      "gelu",
      "geluTanh",
      "mish",
      "selu",
      "sigmoid",
      "silu",
      "softplus",
      "swish",
      "tanh",
    ])
      for (const part of ["", ", slope"]) expect(names).toContain(`activation ${name}${part}, f32`);
    for (const name of ["sigmoid", "silu", "tanh", "softplus"])
      expect(names).toContain(`activation ${name}, slope, f64`);
  });

  it.each(cases)("%s", (name, root, precision) => {
    const count = 1501;
    const operands = [7, 3, 1].map((factor, k) => {
      const array = arrayOf(precision, count);
      for (let at = 0; at < count; at++) array[at] = (k === 0 ? 12 : 2) * Math.sin(factor * at);
      if (k === 0) array.set(specials);
      return array;
    });
    const { vectors, plain } = bothWays(root, precision, operands);
    const allowed =
      programOf(root, 3, precision).format.name === "f32x4"
        ? allowedInSingle(root)
        : (_: readonly number[], value: number) =>
            // Where a slope crosses 0, what its terms are off by remains.
            precision === "f32" ? 2 ** -23 * (Math.abs(value) + 1e-2) : 2 ** -48 * (Math.abs(value) + 1e-1);
    for (let k = 0; k < count; k++) {
      if (Object.is(vectors[k], plain[k])) continue;
      const inputs = operands.map((x) => x[k]);
      if (!(Math.abs(vectors[k] - plain[k]) <= allowed(inputs, plain[k])))
        expect.fail(`${name} at ${inputs}: ${vectors[k]}, plain ${plain[k]}`);
    }
  });
});

/** Some roundings of the result and of the operands; and where the result is nearly too large for the precision, an intermediate value may be. */
function allowedInSingle(root: Scalar): (inputs: readonly number[], value: number) => number {
  const evaluate = interpret(root);
  return (inputs, value) => {
    if (Math.abs(value) > 2 ** 125) return Infinity;
    const exact = evaluate(...inputs);
    const moved = inputs.map((x, k) => Math.abs(evaluate(...inputs.with(k, x * (1 + 2 ** -24))) - exact));
    return 16 * (2 ** -24 * Math.abs(exact) + moved.reduce((sum, each) => sum + each)) + 2 ** -126;
  };
}
