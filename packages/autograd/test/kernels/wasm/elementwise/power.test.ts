import { expect, it } from "vitest";
import { leastForVectors } from "../../../../src/scalar/compile-vectors.ts";
import { Scalar } from "../../../../src/scalar/expression.ts";
import { pow } from "../../../../src/scalar/transcendental.ts";
import { bothWays, numbersOfAllSizes, specials, stepsBetween } from "./rows.ts";

const root = Scalar.apply(pow, [Scalar.input(0), Scalar.input(1)]);

function check(x: readonly number[], y: readonly number[]): void {
  const operands = [Float32Array.from(x), Float32Array.from(y)];
  const { vectors, plain } = bothWays(root, "f32", operands);
  let differing = 0;
  for (let k = 0; k < x.length; k++) {
    const steps = stepsBetween("f32", vectors[k], plain[k]);
    if (steps > 1) expect.fail(`${operands[0][k]} ** ${operands[1][k]}: ${vectors[k]}, plain ${plain[k]}`);
    differing += steps;
  }
  expect(differing / x.length).toBeLessThan(1e-3);
}

const exponents = [...specials, 3, -3, 4, 1 / 3, 101, -101, 16_777_215, 1e10];

it("gives the plain loop's value or the one beside it: special numbers to special powers", () => {
  const pairs = exponents.flatMap((x) => exponents.map((y) => [x, y] as const));
  check(
    pairs.map(([x]) => x),
    pairs.map(([, y]) => y),
  );
});

it("gives the plain loop's value or the one beside it: numbers of all sizes to powers that leave them finite", () => {
  const x = [...numbersOfAllSizes("f32", 2 ** 14)];
  check(
    x,
    x.map((_, k) => (k % 3 === 0 ? (k % 12) - 6 : 6 * Math.sin(k))),
  );
  const near = x.map((_, k) => 1 + Math.sin(k) / 100);
  check(
    near,
    near.map((_, k) => 5000 * Math.cos(7 * k)),
  );
});

it("is left to the plain loop in f64", () => {
  expect(leastForVectors(root, "f64")).toBe(Infinity);
});
