import { afterEach, describe, expect, it, vi } from "vitest";
import { add, mul, sub } from "../../src/scalar/arithmetic.ts";
import { gt, where } from "../../src/scalar/choice.ts";
import { Scalar } from "../../src/scalar/expression.ts";
import { compileSeveral, severalOf } from "../../src/scalar/several.ts";
import { tanh } from "../../src/scalar/sigmoidal.ts";

const [x, y, n] = [0, 1, 2].map((k) => Scalar.input(k));
const shared = Scalar.apply(mul, [x, n]);
const several = severalOf([
  Scalar.apply(add, [shared, Scalar.apply(tanh, [y])]),
  shared,
  Scalar.apply(where, [Scalar.apply(gt, [shared, y]), x, shared]),
  Scalar.apply(gt, [shared, y]),
  -0,
  Scalar.apply(sub, [y, x]),
]);

function run(): number[][] {
  const arrays = [Float64Array.of(1, -2, Number.NaN), Float64Array.of(0.5, 3, 1)];
  const outs = Array.from({ length: 6 }, () => new Float64Array(3));
  compileSeveral(several, 2)(arrays, [2], outs, 3);
  return outs.map((out) => [...out]);
}

const wanted = [
  [2 + Math.tanh(0.5), -4 + Math.tanh(3), Number.NaN],
  [2, -4, Number.NaN],
  [1, -4, Number.NaN],
  [1, 0, 0],
  [-0, -0, -0],
  [-0.5, 5, Number.NaN],
];

describe("compileSeveral", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("writes all results of an element at once", () => {
    expect(run()).toEqual(wanted);
  });

  it("does the same where code from strings is forbidden", () => {
    let refused = 0;
    vi.stubGlobal(
      "Function",
      class {
        constructor() {
          refused++;
          throw new EvalError("refused by a content security policy");
        }
      },
    );
    expect(run()).toEqual(wanted);
    expect(refused).toBe(1);
  });
});
