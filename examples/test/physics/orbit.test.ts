import { tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { G } from "../../physics/gravity.ts";
import { elementsOf, ellipseOf, placeOnOrbit } from "../../physics/orbit.ts";

describe("an orbit", () => {
  it("has the place and velocity that Kepler's equation gives", () => {
    // Solved for the eccentric anomaly, with the perihelion turned to its direction afterwards, in numpy.
    const [position, velocity] = placeOnOrbit(
      tensor([30, 0.02, 0.03, 5], { dtype: "f64" }),
      tensor(1e-3, { dtype: "f64" }),
    );
    const found = [...position.values(), ...velocity.values()];
    [6.61513613, -29.62548524, 1.09787462, 0.28472886].forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 7);
    });
  });

  it("keeps its size and eccentricity, wherever on it, also far from a circle", () => {
    for (const longitude of [0, 50, 170, 200, 340]) {
      const ellipse = { a: 2, e: 0.6, perihelion: 40, longitude };
      const [position, velocity] = placeOnOrbit(elementsOf(ellipse), tensor(0, { dtype: "f64" }));
      const [x, y] = position.values();
      const [vx, vy] = velocity.values();
      const distance = Math.hypot(x, y);
      expect(1 / (2 / distance - (vx ** 2 + vy ** 2) / G)).toBeCloseTo(2, 10);
      const momentum = x * vy - y * vx;
      expect(Math.sqrt(1 - momentum ** 2 / (G * 2))).toBeCloseTo(0.6, 10);
      const read = ellipseOf(elementsOf(ellipse));
      expect(
        [read.a, read.e, read.perihelion, read.longitude].map((value) => Number(value.toFixed(10))),
      ).toEqual([2, 0.6, 40, longitude]);
    }
  });
});
