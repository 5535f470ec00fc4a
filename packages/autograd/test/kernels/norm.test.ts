import fc from "fast-check";
import { expect, it } from "vitest";
import { reduceToNorm } from "../../src/kernels/norm.ts";
import { dense } from "../../src/kernels/strided.ts";
import { mapLanes } from "./lanes-of.ts";
import { anyView } from "./views.ts";

it.each([2, 3, 0.5, -1])("takes the norm of exponent %d along any axis of any view", (p) => {
  const views = anyView().filter(({ shape }) => shape.length > 0);
  fc.assert(
    fc.property(views, fc.nat(), (x, at) => {
      const axis = at % x.shape.length;
      const expected = mapLanes(x, axis, (lane) => [
        lane.reduce((total, value) => total + Math.abs(value) ** p, 0) ** (1 / p),
      ]);
      const found = Array.from(reduceToNorm(x, [axis], p, "f64"));
      expect(found).toHaveLength(expected.length);
      found.forEach((value, k) => {
        if (Number.isFinite(expected[k])) expect(value).toBeCloseTo(expected[k], 10);
        else expect(value).toBe(expected[k]);
      });
    }),
  );
});

it("does not overflow in single precision before the result does", () => {
  const x = dense(Float32Array.of(3e30, 4e30), [2]);
  expect(reduceToNorm(x, [0], 2, "f32")[0]).toBe(Math.fround(5e30));
});
