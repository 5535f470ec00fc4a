import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alongAxes, logSoftmaxRows, softmaxRows } from "../../src/kernels/softmax.ts";
import { dense } from "../../src/kernels/strided.ts";
import { mapLanes } from "./lanes-of.ts";
import { anyView } from "./views.ts";

describe("softmax", () => {
  it.each([false, true])(
    "agrees with its definition along any axis of any view, logarithm %s",
    (logarithm) => {
      const views = anyView().filter(({ shape }) => shape.length > 0);
      fc.assert(
        fc.property(views, fc.nat(), (x, at) => {
          const axis = at % x.shape.length;
          const expected = mapLanes(x, axis, (lane) => {
            const total = lane.reduce((sum, value) => sum + Math.exp(value), 0);
            return lane.map((value) => (logarithm ? value - Math.log(total) : Math.exp(value) / total));
          });
          const found = Array.from(alongAxes(logarithm ? logSoftmaxRows : softmaxRows, [x], [axis], "f64"));
          expect(found).toHaveLength(expected.length);
          found.forEach((value, k) => {
            expect(value).toBeCloseTo(expected[k], 12);
          });
        }),
      );
    },
  );

  it("rounds once in single precision", () => {
    const x = dense(Float32Array.of(0.1, 0.2, 0.7), [3]);
    const exact = alongAxes(softmaxRows, [dense(Float64Array.from(x.data), [3])], [0], "f64");
    expect(Array.from(alongAxes(softmaxRows, [x], [0], "f32"))).toEqual(Array.from(exact, Math.fround));
  });
});
