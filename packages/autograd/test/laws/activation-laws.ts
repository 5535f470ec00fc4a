import { describe, expect, it } from "vitest";
import {
  type Activation,
  checkGradients,
  describeReport,
  fromData,
  full,
  gradients,
  ones,
  parameter,
  Scalar,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { compileFunction } from "../../src/scalar/compile.ts";
import { interpret } from "../../src/scalar/interpret.ts";
import { samplesOf } from "./samples.ts";

const { numbers } = samplesOf("laws/activation-laws");

type AnyActivation = Activation<string, string>;

/** Ordinary places, both zeros, places far out, and the kinks with what lies close to them. */
function placesFor(activation: AnyActivation): number[] {
  const kinks = activation.facts.kinks.flatMap((kink) => [kink, kink - 1e-3, kink + 1e-3]);
  return [
    -30,
    -9.7,
    -4.1,
    -2.6,
    -1.37,
    -0.8,
    -0.31,
    -1e-4,
    -0,
    0,
    1e-3,
    0.22,
    0.74,
    1.6,
    2.83,
    5.2,
    11.9,
    30,
    ...kinks,
  ];
}

/** What holds for every activation, built in or not: one call checks the value, the gradients, and the facts against one another. */
export function activationLaws(activation: AnyActivation): void {
  const parametersAt = (shape: readonly number[]): Tensor[] =>
    Object.values<number>(activation.parameters).map((value) => full(shape, value, "f64"));
  const call = (x: Tensor, parameters = parametersAt([])): Tensor => activation(x, ...parameters);
  const expression = (activation.op as unknown as { expression: Scalar }).expression;
  const arity = 1 + Object.keys(activation.parameters).length;

  describe(activation.name, () => {
    const places = placesFor(activation);
    const values = call(tensor(places, { dtype: "f64" })).values();

    it("has gradients of first and second order that differences confirm, in x and in its parameters", () => {
      for (const place of places) {
        const inputs = [tensor([place], { dtype: "f64" }), ...parametersAt([])];
        const report = checkGradients(([x, ...parameters]) => call(x, parameters), inputs);
        expect(report.ok, `at ${place}: ${describeReport(report)}`).toBe(true);
      }
    });

    it("broadcasts its parameters and takes views", () => {
      const x = numbers([3, 4], -3, 3);
      const parameters = parametersAt([1]).map((value) =>
        fromData(
          Float64Array.from(value.values(), (v) => v + 0.1),
          [1],
        ),
      );
      const report = checkGradients(([y, ...rest]) => call(y, rest), [x, ...parameters], { order: 1 });
      expect(report.ok, describeReport(report)).toBe(true);
    });

    it("is the same function compiled, interpreted, and inside an expression", () => {
      const constants = Object.values<number>(activation.parameters);
      const inside = (activation as unknown as (x: Scalar, ...rest: number[]) => Scalar)(
        Scalar.input(0),
        ...constants,
      );
      const ways = [
        compileFunction(expression, arity),
        interpret(expression),
        compileFunction(inside, 1),
        interpret(inside),
      ];
      places.forEach((place, k) => {
        for (const way of ways) expect(way(place, ...constants)).toBe(values[k]);
      });
    });

    it("agrees with its own facts", () => {
      const { kinks, range, lipschitz, meanF, monotonicity, isZeroAtOrigin } = activation.facts;
      expect(kinks).toEqual([...kinks].sort((a, b) => a - b));
      expect(range[0]).toBeLessThan(range[1]);
      expect(Number.isNaN(lipschitz) || Number.isNaN(meanF)).toBe(false);
      const rises = places.toSorted((p, q) => p - q).map((place) => values[places.indexOf(place)]);
      if (monotonicity === "increasing") expect(rises).toEqual(rises.toSorted((p, q) => p - q));
      if (monotonicity === "decreasing") expect(rises).toEqual(rises.toSorted((p, q) => q - p));
      expect(isZeroAtOrigin).toBe(call(tensor([0], { dtype: "f64" })).item() === 0);
      const x = parameter(tensor(places, { dtype: "f64" }));
      const [slopes] = gradients(call(x), [x], { cotangent: ones([places.length], "f64") });
      values.forEach((value, k) => {
        expect(value).toBeGreaterThanOrEqual(range[0] - 1e-12);
        expect(value).toBeLessThanOrEqual(range[1] + 1e-12);
        expect(Math.abs(slopes.values()[k])).toBeLessThanOrEqual(lipschitz + 1e-9);
      });
    });

    it("lets NaN through", () => {
      const [before, nan, after] = call(tensor([0.5, Number.NaN, 0.5], { dtype: "f64" })).values();
      expect(nan).toBeNaN();
      expect([before, after]).not.toContain(Number.NaN);
    });

    it("keeps single precision in single precision", () => {
      const single = activation(
        tensor(places),
        ...parametersAt([]).map((value) => fromData(Float32Array.from(value.values()), [])),
      );
      expect(single.dtype).toBe("f32");
      single.values().forEach((value, k) => {
        const exact = call(tensor([Math.fround(places[k])], { dtype: "f64" }), parametersAt([])).item();
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 ** -23 * Math.abs(exact) + 2 ** -140);
      });
    });
  });
}
