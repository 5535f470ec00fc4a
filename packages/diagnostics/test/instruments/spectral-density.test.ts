import {
  eigvalsh,
  Generator,
  matmul,
  mul,
  parameter,
  randn,
  square,
  sum,
  tensor,
  trace,
  transpose,
  zeros,
} from "@isograd/autograd";
import { hessianTrace, spectralDensity } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { own } from "./networks.ts";

const batch = { inputs: zeros([1]), targets: zeros([1]) };
const size = 60;

/** ½ wᵀAw of a random symmetric matrix, and its eigenvalues. */
function quadratic(seed: number) {
  const x = randn(new Generator(seed), [size, size], "f64");
  const a = mul(matmul(transpose(x), x), 1 / size);
  const w = parameter(randn(new Generator("w"), [size, 1], "f64"));
  return { loss: () => mul(0.5, matmul(transpose(w), matmul(a, w))), a, eigenvalues: eigvalsh(a).values() };
}

const moment = (values: ArrayLike<number>, weights: ArrayLike<number> | null, power: number): number =>
  Array.from(values).reduce(
    (total, value, k) => total + value ** power * (weights?.[k] ?? 1 / values.length),
    0,
  );

describe("spectralDensity", () => {
  it("is a distribution with the mass, moments and quantiles of the eigenvalues", () => {
    const { loss, eigenvalues } = quadratic(1);
    const found = spectralDensity(loss, batch, own, { probes: 100, steps: 12 });
    expect(found.size).toBe(size);
    expect(moment(found.values, found.weights, 0)).toBeCloseTo(1, 12);
    for (const power of [1, 2, 3]) {
      const share = moment(found.values, found.weights, power) / moment(eigenvalues, null, power);
      expect(Math.abs(share - 1)).toBeLessThan(0.06);
    }
    for (const edge of [0.2, 1, 2.5]) {
      const below = eigenvalues.filter((value: number) => value < edge).length / size;
      expect(Math.abs(found.shareBelow(edge) - below)).toBeLessThan(0.04);
    }
    expect([found.shareBelow(found.values[0]), found.shareBelow(1e9)]).toEqual([0, expect.closeTo(1, 12)]);
  });

  it("is exact for one vector: moments up to twice the steps less one", () => {
    const curvatures = [1, 2, 3, 4, 5, 6, 7, 8];
    const w = parameter(
      tensor(
        curvatures.map(() => 1),
        { dtype: "f64" },
      ),
    );
    const loss = () => mul(0.5, sum(mul(square(w), tensor(curvatures, { dtype: "f64" }))));
    const few = spectralDensity(loss, batch, own, { probes: 1, steps: 3 });
    const all = spectralDensity(loss, batch, own, { probes: 1, steps: 8 });
    expect(few.values).toHaveLength(3);
    for (const [k, value] of all.values.entries()) expect(value).toBeCloseTo(curvatures[k], 10);
    for (const power of [1, 2, 3, 4, 5])
      expect(moment(few.values, few.weights, power) / moment(all.values, all.weights, power)).toBeCloseTo(
        1,
        10,
      );
    expect(moment(few.values, few.weights, 6) / moment(all.values, all.weights, 6)).toBeLessThan(1 - 1e-6);
  });

  it("gives a density that integrates to 1", () => {
    const { loss } = quadratic(2);
    const found = spectralDensity(loss, batch, own, { probes: 2, steps: 10 });
    let [mass, step] = [0, 0.01];
    for (let place = -2; place < 8; place += step) mass += step * found.at(place, 0.1);
    expect(mass).toBeCloseTo(1, 6);
  });

  it("finds one place where all curvatures are equal, or zero, and passes on NaN", () => {
    const w = parameter(tensor([1, 2, 3], { dtype: "f64" }));
    const equal = spectralDensity(() => sum(square(w)), batch, own, { probes: 2 });
    expect(equal.values).toEqual([expect.closeTo(2, 12), expect.closeTo(2, 12)]);
    expect(spectralDensity(() => sum(w), batch, own, { probes: 1 }).values).toEqual([0]);
    expect(spectralDensity(() => mul(Number.NaN, sum(square(w))), batch, own, { probes: 1 }).values).toEqual([
      Number.NaN,
    ]);
    expect(() => spectralDensity(() => sum(w), batch, own, { probes: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: spectralDensity: expected probes to be a whole number of at least 1, got 0]`,
    );
  });
});

describe("hessianTrace", () => {
  it("lies within its error of the trace, and the error is the true one", () => {
    const { loss, a } = quadratic(3);
    const exact = trace(a).item();
    const found = Array.from({ length: 30 }, (_, seed) =>
      hessianTrace(loss, batch, own, { probes: 8, seed }),
    );
    const errors = found.map(({ value, standardError }) => (value - exact) / standardError);
    // of a t law with 7 degrees of freedom: variance 1.4
    const variance = errors.reduce((total, error) => total + error * error, 0) / errors.length;
    expect(variance).toBeGreaterThan(0.5);
    expect(variance).toBeLessThan(3);
    const mean = found.reduce((total, { value }) => total + value, 0) / 30;
    expect(Math.abs(mean / exact - 1)).toBeLessThan(0.02);
  });

  it("is exact where the Hessian is diagonal, with negative curvature too", () => {
    const w = parameter([1, 2]);
    const saddle = () => sum(mul(square(w), tensor([1, -3])));
    expect(hessianTrace(saddle, batch, own, { probes: 2 })).toEqual({ value: -4, standardError: 0 });
    expect(() => hessianTrace(saddle, batch, own, { probes: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: hessianTrace: expected probes to be a whole number of at least 2, got 1]`,
    );
  });
});
