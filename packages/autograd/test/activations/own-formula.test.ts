import { describe, expect, it } from "vitest";
import { defineActivation } from "../../src/activations/define.ts";
import { gelu, mish, silu } from "../../src/activations/gated-linear.ts";
import { softplus } from "../../src/activations/rectified.ts";
import { sigmoid, tanh } from "../../src/activations/sigmoidal.ts";
import { add, div, mul, neg } from "../../src/ops/elementwise/arithmetic.ts";
import { ndtr } from "../../src/ops/elementwise/special.ts";
import { exp } from "../../src/ops/elementwise/transcendental.ts";
import { productOf } from "../../src/scalar/arithmetic.ts";
import { programOf } from "../../src/scalar/compile-vectors.ts";
import { derive } from "../../src/scalar/derive.ts";
import { Scalar } from "../../src/scalar/expression.ts";

/** The programs of value and pullback. */
const programsOf = ({ op }: { readonly op: { readonly expression: Scalar } }) =>
  (["f32", "f64"] as const).flatMap((precision) => [
    programOf(op.expression, 1, precision),
    programOf(productOf(Scalar.input(1), derive(op.expression, 0)), 2, precision),
  ]);

describe("an activation of one's own", () => {
  it.each([
    [gelu, defineActivation({ name: "mine", f: (x) => mul(x, ndtr(x)) })],
    [silu, defineActivation({ name: "mine", f: (x) => mul(x, sigmoid(x)) })],
    [mish, defineActivation({ name: "mine", f: (x) => mul(x, tanh(softplus(x))) })],
  ])("of the same formula is the same loop: $name", (ours, mine) => {
    expect(programsOf(mine)).toEqual(programsOf(ours));
  });

  it("is computed four at a time written by hand, too", () => {
    const mine = defineActivation({ name: "mine", f: (x) => div(x, add(1, exp(neg(x)))) });
    expect(programOf(mine.op.expression, 1, "f32").format.name).toBe("f32x4");
  });
});
