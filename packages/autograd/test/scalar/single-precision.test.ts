import { describe, expect, it } from "vitest";
import { add, div, mul, neg, square, sub } from "../../src/scalar/arithmetic.ts";
import { choiceOf, gt } from "../../src/scalar/choice.ts";
import { derive } from "../../src/scalar/derive.ts";
import { type Primitive, Scalar } from "../../src/scalar/expression.ts";
import { ndtr, sigmoid, softplus, tanh } from "../../src/scalar/sigmoidal.ts";
import { holdsInSingle } from "../../src/scalar/single-precision.ts";
import { exp, log, sqrt } from "../../src/scalar/transcendental.ts";

const of = (primitive: Primitive, ...inputs: (Scalar | number)[]): Scalar => Scalar.apply(primitive, inputs);
const [x, y] = [0, 1].map((k) => Scalar.input(k));
const slopeOf = (root: Scalar): Scalar => of(mul, y, derive(root, 0));

describe("holdsInSingle", () => {
  it.each<[string, Scalar]>([
    ["a function alone", of(tanh, x)],
    ["what is rounded twice", of(div, 1, of(sqrt, x))],
    ["products", of(mul, x, of(sigmoid, x))],
    ["slopes in the tails", slopeOf(of(tanh, x))],
    ["a slope that crosses 0: there the operand is known no better", slopeOf(of(mul, x, of(ndtr, x)))],
    ["functions of functions", slopeOf(of(mul, x, of(tanh, of(softplus, x))))],
    ["a difference of operands", of(sub, x, y)],
    ["a quotient by what overflows", of(div, 1, of(add, 1, of(exp, of(neg, x))))],
  ])("is true of %s", (_, root) => {
    expect(holdsInSingle(root, 2)).toBe(true);
  });

  it.each<[string, Scalar]>([
    ["a difference that cancels near 0", of(sub, x, of(tanh, x))],
    ["a slope that cancels in the tails", of(sub, 1, of(square, of(tanh, x)))],
    ["a logarithm near 1", of(log, of(add, 1, x))],
    ["infinity over infinity", of(div, of(exp, x), of(add, 1, of(exp, x)))],
    ["a square that overflows", of(sqrt, of(add, 1, of(square, x)))],
    ["a limit beside the numbers of the precision", choiceOf(of(gt, x, 0.1), x, 0)],
  ])("is false of %s", (_, root) => {
    expect(holdsInSingle(root, 2)).toBe(false);
  });
});
