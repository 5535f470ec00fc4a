import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { besselI, besselIScaled } from "../../src/numerics/bessel-i.ts";
import { betaInc } from "../../src/numerics/beta-inc.ts";
import { binomialTail } from "../../src/numerics/binomial.ts";
import { digamma } from "../../src/numerics/digamma.ts";
import { erf, erfc, erfcx } from "../../src/numerics/erf.ts";
import { erfcinv, erfinv } from "../../src/numerics/erfinv.ts";
import { gammaInc, gammaIncUpper } from "../../src/numerics/gamma-inc.ts";
import { hurwitzZeta } from "../../src/numerics/hurwitz-zeta.ts";
import { lgamma } from "../../src/numerics/lgamma.ts";
import { log1pExp, sigmoid } from "../../src/numerics/logistic.ts";
import { inverseMills, millsFraction } from "../../src/numerics/mills-ratio.ts";
import { logNormalCdf, normalCdf, normalQuantile } from "../../src/numerics/normal.ts";
import { polygamma } from "../../src/numerics/polygamma.ts";
import { sincDerivative } from "../../src/numerics/sinc.ts";
import { studentTTail } from "../../src/numerics/student-t.ts";
import { ulp } from "./ulp.ts";

type Bound = (value: number, ...operands: number[]) => number;
interface Case {
  /** The name in the table, of rows (arguments, value) one behind the other, computed at 50 digits by ../reference/numerics_tables.py. */
  readonly name: string;
  readonly f: (...x: number[]) => number;
  readonly arguments: number;
  /** The largest error allowed beside a value: what the function's documentation states. */
  readonly bound: Bound;
}

const ulps =
  (count: number): Bound =>
  (value) =>
    count * ulp(value);
/** Where the function has zeros that rounding its argument moves. */
const absolute =
  (count: number): Bound =>
  (value) =>
    count * Number.EPSILON * Math.max(1, Math.abs(value));
/** Of a wave that falls like 1/x, whose derivatives grow by π each: relative to its height. */
const wave: Bound = (value, order, x) =>
  12 * ulp(Math.max(Math.abs(value), Math.PI ** order / (1 + Math.PI * Math.abs(x))));
/** The continued fraction, which loses digits from order to order. */
const fraction: Bound = (value, order) => 6 * order * ulp(value);
/** Where the value is the exponential of something large. */
const exponential: Bound = (value) => 1e-14 * value * (2 - Math.log(value));

const cases: readonly Case[] = [
  { name: "erf", f: erf, arguments: 1, bound: ulps(1) },
  { name: "erfc", f: erfc, arguments: 1, bound: ulps(3) },
  { name: "erfcx", f: erfcx, arguments: 1, bound: ulps(2) },
  { name: "erfinv", f: erfinv, arguments: 1, bound: ulps(4) },
  { name: "erfcinv", f: erfcinv, arguments: 1, bound: ulps(5) },
  { name: "lgamma", f: lgamma, arguments: 1, bound: ulps(5) },
  { name: "lgammaNegative", f: lgamma, arguments: 1, bound: absolute(2) },
  { name: "digamma", f: digamma, arguments: 1, bound: ulps(2) },
  { name: "digammaNegative", f: digamma, arguments: 1, bound: absolute(5) },
  { name: "polygamma", f: polygamma, arguments: 2, bound: ulps(6) },
  { name: "polygammaNegativeOdd", f: polygamma, arguments: 2, bound: ulps(6) },
  { name: "polygammaNegativeEven", f: polygamma, arguments: 2, bound: ulps(100) },
  { name: "hurwitzZeta", f: hurwitzZeta, arguments: 2, bound: ulps(3) },
  { name: "sigmoid", f: sigmoid, arguments: 1, bound: ulps(2) },
  { name: "log1pExp", f: log1pExp, arguments: 1, bound: ulps(1) },
  { name: "normalCdf", f: normalCdf, arguments: 1, bound: ulps(4) },
  { name: "logNormalCdf", f: logNormalCdf, arguments: 1, bound: ulps(5) },
  { name: "normalQuantile", f: normalQuantile, arguments: 1, bound: ulps(3) },
  { name: "gammaInc", f: gammaInc, arguments: 2, bound: exponential },
  { name: "gammaIncUpper", f: gammaIncUpper, arguments: 2, bound: exponential },
  { name: "betaInc", f: betaInc, arguments: 3, bound: exponential },
  { name: "studentTTail", f: studentTTail, arguments: 2, bound: exponential },
  { name: "binomialTail", f: binomialTail, arguments: 3, bound: exponential },
  { name: "besselI", f: besselI, arguments: 2, bound: ulps(10) },
  { name: "besselIScaled", f: besselIScaled, arguments: 2, bound: ulps(8) },
  { name: "inverseMills", f: inverseMills, arguments: 1, bound: ulps(3) },
  { name: "millsFraction", f: millsFraction, arguments: 2, bound: fraction },
  { name: "sincDerivative", f: sincDerivative, arguments: 2, bound: wave },
];

const tables: Record<string, number[]> = JSON.parse(
  readFileSync(new URL("special-functions.json", import.meta.url), "utf8"),
);

describe.each(cases)("$name", ({ name, f, arguments: count, bound }) => {
  it("agrees with values at 50 digits within its stated bound", () => {
    const rows = tables[name];
    const wrong: number[][] = [];
    for (let at = 0; at < rows.length; at += count + 1) {
      const operands = rows.slice(at, at + count);
      const [expected, actual] = [rows[at + count], f(...operands)];
      if (!(Math.abs(actual - expected) <= bound(expected, ...operands)))
        wrong.push([...operands, expected, actual]);
    }
    expect(rows.length).toBeGreaterThan(80);
    expect(wrong).toEqual([]);
  });

  it("passes NaN through", () => {
    const operands = tables[name].slice(0, count);
    expect(f(...operands.slice(0, -1), Number.NaN)).toBeNaN();
  });
});

it("leaves no table without a test", () => {
  expect(Object.keys(tables)).toEqual(cases.map(({ name }) => name));
});
