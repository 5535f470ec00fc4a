import { checkGradients, concat, Generator, type Tensor, tensor, zeros } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { of1845 } from "../../physics/assumptions.ts";
import { driftOfEnergy } from "../../physics/energy.ts";
import { neptuneIn } from "../../physics/ephemeris.ts";
import { misfit, residualsOf } from "../../physics/explain.ts";
import { leastSquares } from "../../physics/least-squares.ts";
import { excessesIn } from "../../physics/model.ts";
import { discovery, fitted, modern } from "../../physics/observations.ts";
import { elementsOf, within360 } from "../../physics/orbit.ts";
import { spreadOverRefits } from "../../physics/refit.ts";
import { compare, likenessToAdams } from "../../physics/report.ts";

/** Not far from what is found. */
const near = concat([
  zeros([4], "f64"),
  elementsOf({ a: 29.5, e: 0.027, perihelion: 117, longitude: 251.3 }),
  tensor([Math.log(1 / 18_800)], { dtype: "f64" }),
]);

describe("the search for Neptune", () => {
  it("finds it where it was, as nearly as it says", () => {
    const residuals = residualsOf(fitted, of1845);
    const best = leastSquares(residuals, near, { maxSteps: 1 });
    expect(best.squares).toBeLessThan(32);
    expect(likenessToAdams(best.point)).toBeGreaterThan(0.9);
    const lines: string[] = [];
    compare(residuals, best, (line) => lines.push(line));
    const told = /longitude on 23 September 1846, degrees\s+([\d.]+) ± ([\d.]+)\s+([\d.]+)/.exec(
      lines.join("\n"),
    );
    const [direction, spread, real] = (told ?? []).slice(1).map(Number);
    expect(spread).toBeGreaterThan(2.5);
    expect(spread).toBeLessThan(3.5);
    expect(Math.abs(direction - real)).toBeLessThan(1.5 * spread);
  });

  it("has the right derivatives through years of gravity", () => {
    const report = checkGradients(misfit(modern.slice(14, 15)), near, {
      order: 1,
      elements: 1,
      directions: 2,
    });
    expect([report.ok, report.kinks]).toEqual([true, 0]);
  });

  it("leaves Uranus where it was thought to be, if nothing is there", () => {
    const nothing = tensor([0, 0, 0, 0, 30, 0, 0, 0, 0], { dtype: "f64" });
    expect(excessesIn([1800, 1840])(nothing, false).toArray()).toEqual([0, 0]);
    expect(Math.abs(excessesIn([1840])(near).item())).toBeGreaterThan(5);
  });

  it("conserves energy, but for a swing", () => {
    expect(driftOfEnergy(near, 100)).toBeLessThan(1e-4);
  });
});

describe("Neptune itself", () => {
  it("stood at 326° 57′ in the equinox of the night when it was found", () => {
    const { longitude, distance } = neptuneIn(discovery);
    const precession = (50.29 / 3600) * (2000 - discovery);
    expect(longitude - precession).toBeCloseTo(326 + 57 / 60, 1);
    expect(distance).toBeCloseTo(30.01, 2);
  });
});

describe("fits to noisy data", () => {
  it("spread as residuals say", () => {
    const residuals = (x: Tensor): Tensor => x; // each a standard deviation of its own
    const spread = spreadOverRefits(
      residuals,
      tensor([0], { dtype: "f64" }),
      (x) => x,
      400,
      new Generator(1),
    );
    expect(spread).toBeGreaterThan(0.7);
    expect(spread).toBeLessThan(1.3);
  });
  it("turns angles into one circle", () => {
    expect([within360(-30), within360(725)]).toEqual([330, 5]);
  });
});
