import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as arithmetic from "../../src/scalar/arithmetic.ts";
import * as bessel from "../../src/scalar/bessel.ts";
import { compileFunction } from "../../src/scalar/compile.ts";
import { derive } from "../../src/scalar/derive.ts";
import { type Primitive, Scalar } from "../../src/scalar/expression.ts";
import * as gamma from "../../src/scalar/gamma.ts";
import * as gaussian from "../../src/scalar/gaussian.ts";
import * as logarithmic from "../../src/scalar/logarithmic.ts";
import * as sigmoidal from "../../src/scalar/sigmoidal.ts";
import * as transcendental from "../../src/scalar/transcendental.ts";
import * as trigonometric from "../../src/scalar/trigonometric.ts";

const rows = new Map<string, unknown>(
  Object.entries({
    ...arithmetic,
    ...bessel,
    ...gamma,
    ...gaussian,
    ...logarithmic,
    ...sigmoidal,
    ...transcendental,
    ...trigonometric,
  }),
);

/** Of each function a point and its derivatives of orders 1 to 4, again and again; made by ../reference/derivatives.py. */
const tables: Readonly<Record<string, number[]>> = JSON.parse(
  readFileSync(new URL("derivatives.json", import.meta.url), "utf8"),
);

/** The relative error of each order; where a function bends away from its argument's rounding, more. */
const digits = [4e-15, 2e-14, 1e-13, 5e-13];

describe("derivatives of orders 1 to 4 keep their digits", () => {
  it.each(Object.keys(tables))("%s", (name) => {
    const table = tables[name];
    let expression = Scalar.apply(rows.get(name) as Primitive, [Scalar.input(0)]);
    digits.forEach((tolerance, order) => {
      expression = derive(expression, 0);
      const f = compileFunction(expression, 1);
      for (let at = 0; at < table.length; at += 5) {
        const [x, expected] = [table[at], table[at + 1 + order]];
        const error = Math.abs(f(x) - expected) / (expected === 0 ? 1 : Math.abs(expected));
        expect(error, `order ${order + 1} at ${x}: ${f(x)} instead of ${expected}`).toBeLessThan(tolerance);
      }
    });
  });
});
