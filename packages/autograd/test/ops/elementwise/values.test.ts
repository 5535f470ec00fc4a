import { describe, expect, it } from "vitest";
import * as autograd from "../../../src/index.ts";

const operations = new Map<string, unknown>(Object.entries(autograd));
const places = [
  -800,
  -30,
  -2.7,
  -1,
  -0.6,
  -1e-9,
  -0,
  0,
  1e-300,
  1e-9,
  0.25,
  1,
  1.9,
  30,
  800,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];
const unary: Readonly<Record<string, (x: number) => number>> = {
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  rsqrt: (x) => 1 / Math.sqrt(x),
  sech: (x) => 1 / Math.cosh(x),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tan: Math.tan,
  tanh: Math.tanh,
};
const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  div: (a, b) => a / b,
  mul: (a, b) => a * b,
  sub: (a, b) => a - b,
};

describe("in double precision, values are those of the language", () => {
  const x = autograd.tensor(places, { dtype: "f64" });

  it.each(Object.keys(unary))("%s", (name) => {
    const values = (operations.get(name) as typeof autograd.sin)(x).values();
    places.forEach((place, k) => {
      const expected = unary[name](place);
      if (Number.isFinite(expected) && expected !== 0)
        expect(Math.abs(values[k] / expected - 1)).toBeLessThan(4e-16);
      else expect(values[k]).toBe(expected);
    });
  });

  it.each(Object.keys(binary))("%s", (name) => {
    const f = operations.get(name) as typeof autograd.add;
    const table = f(autograd.reshape(x, [places.length, 1]), x).values();
    expect(Array.from(table)).toEqual(places.flatMap((a) => places.map((b) => binary[name](a, b))));
  });
});
