import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Format } from "../../../../src/kernels/wasm/elementwise/format.ts";
import type { CostlyRule } from "../../../../src/kernels/wasm/elementwise/program.ts";
import { type Primitive, Scalar } from "../../../../src/scalar/expression.ts";
import { ulp } from "../../../numerics/ulp.ts";
import { bothWays, costlyRows, numbersOfAllSizes, stepsBetween } from "./rows.ts";

const reference: Readonly<Record<string, readonly (readonly [x: number, high: number, low: number])[]>> =
  JSON.parse(readFileSync(new URL("../../../reference/vectors.json", import.meta.url), "utf8"));

const expressionOf = (row: Primitive): Scalar => Scalar.apply(row, [Scalar.input(0)]);
const accurateIn = (name: Format["name"]): Primitive[] =>
  costlyRows.filter(({ vector }) => (vector as CostlyRule).accurateIn.includes(name));
const inSingle = accurateIn("f32x4");
const inDouble = accurateIn("f64x2");

/** In units of the last place of the exact value, four at a time in single precision. */
const boundsInSingle: Readonly<Record<string, number>> = {
  exp: 1,
  expm1: 2,
  exp2: 1,
  log: 1,
  log1p: 1.5,
  tanh: 2,
  sech: 2.3,
  sigmoid: 2.3,
  logisticDensity: 2.3,
  softplus: 2,
  gaussian: 1.75,
  normalDensity: 2.1,
  erf: 1.25,
  erfc: 5.25,
  ndtr: 5.25,
};

/** In units of the last place of the exact value, two at a time in double precision. */
const bounds: Readonly<Record<string, number>> = {
  exp: 1,
  expm1: 2,
  exp2: 1,
  log: 1,
  log1p: 1.5,
  tanh: 2,
  sech: 2,
  sigmoid: 2,
  logisticDensity: 2,
  softplus: 2,
};

describe("functions computed four at a time in single precision", () => {
  it("have a bound each", () => {
    expect(Object.keys(boundsInSingle).sort()).toEqual(inSingle.map(({ name }) => name).sort());
  });

  it.each(inSingle.map((row) => [row.name, row] as const))(
    "%s: within its bound, everywhere",
    (name, row) => {
      const x = numbersOfAllSizes("f32", 2 ** 16) as Float32Array;
      const { vectors } = bothWays(expressionOf(row), "f32", [x]);
      let worst = 0;
      for (let k = 0; k < x.length; k++) {
        const exact = row.evaluate(x[k]);
        if (Object.is(vectors[k], Math.fround(exact))) continue;
        const error = Math.abs(vectors[k] - exact) / ulpOfSingle(exact);
        if (!(error <= boundsInSingle[name]))
          expect.fail(`${name}(${x[k]}): ${vectors[k]}, exact ${exact}, ${error} ulp`);
        worst = Math.max(worst, error);
      }
      expect(worst).toBeGreaterThan(0.5);
    },
  );
});

/** The distance to the next number of single precision; zeros differ in sign, so that none may stand for the other. */
const ulpOfSingle = (x: number): number => 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -126) - 23);

describe("functions computed two at a time", () => {
  it.each(costlyRows.filter((row) => !inSingle.includes(row)).map((row) => [row.name, row] as const))(
    "%s in f32: the plain loop's value or the one beside it, everywhere",
    (_, row) => {
      const x = numbersOfAllSizes("f32", 2 ** 16);
      const { vectors, plain } = bothWays(expressionOf(row), "f32", [x]);
      let differing = 0;
      for (let k = 0; k < x.length; k++) {
        const steps = stepsBetween("f32", vectors[k], plain[k]);
        if (steps > 1) expect.fail(`${row.name}(${x[k]}): ${vectors[k]}, plain ${plain[k]}`);
        differing += steps;
      }
      expect(differing / x.length).toBeLessThan(1e-3); // half a unit of f32 and next to nothing more
    },
  );

  it.each(inDouble.map((row) => [row.name, row] as const))(
    "%s in f64: within a few units of the plain loop's value, everywhere",
    (_, row) => {
      const x = numbersOfAllSizes("f64", 2 ** 15);
      const { vectors, plain } = bothWays(expressionOf(row), "f64", [x]);
      for (let k = 0; k < x.length; k++) {
        const steps = stepsBetween("f64", vectors[k], plain[k]);
        if (steps > 6) expect.fail(`${row.name}(${x[k]}): ${vectors[k]}, plain ${plain[k]}`);
      }
    },
  );

  it("has exact values for all of them", () => {
    const names = inDouble.map(({ name }) => name).sort();
    expect(Object.keys(bounds).sort()).toEqual(names);
    expect(Object.keys(reference).sort()).toEqual(names);
  });

  it.each(inDouble.map((row) => [row.name, row] as const))(
    "%s in f64: within its bound of the exact value",
    (name, row) => {
      const rows = reference[name];
      // Filled up, so that the vectors are taken.
      const x = Float64Array.from({ length: 512 }, (_, k) => rows[k % rows.length][0]);
      const { vectors } = bothWays(expressionOf(row), "f64", [x]);
      let worst = 0;
      rows.forEach(([at, high, low], k) => {
        const error = Math.abs(vectors[k] - high - low) / ulp(high);
        if (error > bounds[name]) expect.fail(`${name}(${at}): ${vectors[k]}, exact ${high}, ${error} ulp`);
        worst = Math.max(worst, error);
      });
      expect(worst).toBeGreaterThan(0.4); // the arguments are such that rounding does happen
    },
  );
});
