import { describe, expect, it } from "vitest";
import { activations } from "../../../../src/activations/registry.ts";
import { productOf } from "../../../../src/scalar/arithmetic.ts";
import { derive } from "../../../../src/scalar/derive.ts";
import { freeInputs, Scalar } from "../../../../src/scalar/expression.ts";
import { vectorized } from "../../../../src/scalar/vectorize.ts";
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
    vectorized(root, 3, precision) === null ? [] : [[`${name}, ${precision}`, root, precision] as const],
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
    const unit = precision === "f32" ? 2.25 * 2 ** -23 : 2 ** -48;
    expect(freeInputs(root).length).toBeGreaterThan(0);
    for (let k = 0; k < count; k++) {
      if (Object.is(vectors[k], plain[k])) continue;
      // Where a slope crosses 0, what its terms are off by remains.
      const error =
        Math.abs(vectors[k] - plain[k]) / (Math.abs(plain[k]) + (precision === "f32" ? 1e-2 : 1e-1));
      if (!(error <= unit))
        expect.fail(`${name} at ${operands.map((x) => x[k])}: ${vectors[k]}, plain ${plain[k]}`);
    }
  });
});
