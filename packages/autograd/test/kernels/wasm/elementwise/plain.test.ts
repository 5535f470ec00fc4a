import { describe, expect, it } from "vitest";
import { plainRules } from "../../../../src/kernels/wasm/elementwise/plain.ts";
import { lt, where } from "../../../../src/scalar/choice.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { bothOf, isnan, logicalNot } from "../../../../src/scalar/logic.ts";
import { arrayOf, bothWays, plainRows, specials, stepsBetween } from "./rows.ts";

const [x, y, z] = [0, 1, 2].map((k) => Scalar.input(k));

/** All pairs of special numbers, and a third operand. */
const pairs = specials.flatMap((a) => specials.map((b) => [a, b]));
const triples = pairs.map(([a, b], k) => [a, b, specials[k % specials.length]]);

function check(root: Scalar, steps = 0): void {
  for (const precision of ["f32", "f64"] as const) {
    const operands = [0, 1, 2].map((k) => {
      const array = arrayOf(precision, triples.length);
      array.set(triples.map((triple) => triple[k]));
      return array;
    });
    const { vectors, plain } = bothWays(root, precision, operands);
    for (let k = 0; k < plain.length; k++)
      if (stepsBetween(precision, vectors[k], plain[k]) > steps)
        expect.fail(
          `${precision} of ${operands.map((operand) => operand[k])}: ${vectors[k]}, plain ${plain[k]}`,
        );
  }
}

const arityOf = ({ vector, evaluate }: Primitive): number =>
  vector === "where"
    ? 3
    : vector === "lt" || evaluate.length > 1
      ? 2
      : vector === "maximum" || vector === "minimum"
        ? 2
        : evaluate.length;

describe("instructions for primitives", () => {
  it("are all asked for by a primitive", () => {
    const asked = new Set(plainRows.map(({ vector }) => vector as string));
    expect([...asked].sort()).toEqual(Object.keys(plainRules).sort());
  });

  it.each(plainRows.map((row) => [row.name, row] as const))(
    "%s: the same bits as in plain loops",
    (name, row) => {
      // A quotient of a root is rounded twice.
      check(Scalar.apply(row, [x, y, z].slice(0, arityOf(row))), name === "rsqrt" ? 1 : 0);
    },
  );

  it("take truth values for numbers and numbers for truth values", () => {
    const less = Scalar.apply(lt, [x, y]);
    check(Scalar.apply(where, [x, y, z]));
    check(Scalar.apply(where, [less, less, z]));
    check(bothOf(x, y));
    check(bothOf(less, Scalar.apply(logicalNot, [z])));
    check(Scalar.apply(isnan, [less]));
    check(less);
    check(Scalar.constant(-0));
  });
});
