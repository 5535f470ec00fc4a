import { expect, it } from "vitest";
import { programOf } from "../../../../src/scalar/compile-vectors.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { gaussian, normalDensity } from "../../../../src/scalar/gaussian.ts";
import { ceil, round } from "../../../../src/scalar/rounding.ts";
import { erfc, ndtr } from "../../../../src/scalar/sigmoidal.ts";
import { log10 } from "../../../../src/scalar/transcendental.ts";
import { bothWays } from "./rows.ts";

const of = (outer: Primitive, inner: Primitive): Scalar =>
  Scalar.apply(outer, [Scalar.apply(inner, [Scalar.input(0)])]);
const x = Float32Array.from({ length: 400 }, (_, k) => (k - 200) / 8);
x.set([0, -0, 1e-20, -1e-20, Infinity, -Infinity]);

it.each([gaussian, normalDensity, erfc, ndtr])(
  "what is computed from it in double precision sees it fall as far as doubles do: $name",
  (inner) => {
    const root = of(log10, inner);
    expect(programOf(root, 1, "f32").format.name).toBe("f64x2");
    const { vectors, plain } = bothWays(root, "f32", [x]);
    for (let k = 0; k < x.length; k++)
      if (!Object.is(vectors[k], plain[k]))
        expect(Math.abs(vectors[k] - plain[k])).toBeLessThan(1e-7 + 1e-6 * Math.abs(plain[k]));
  },
);

it.each([
  [ceil, normalDensity],
  [round, ndtr],
  [ceil, erfc],
])("is exact where the function is: $0.name of $1.name", (outer, inner) => {
  const { vectors, plain } = bothWays(of(outer, inner), "f32", [x.slice(0, 32)]);
  expect([...vectors.slice(0, 4)]).toEqual([...plain.slice(0, 4)]);
  expect(vectors[4]).toBe(plain[4]);
});
