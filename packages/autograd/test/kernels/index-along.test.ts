import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chainAlong,
  gatherAlong,
  scatterAddAlong,
  scatterAlong,
  scatterExtremumAlong,
} from "../../src/kernels/index-along.ts";
import { dense } from "../../src/kernels/strided.ts";
import { sizeOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

/** A view, an axis of it, and an index that fits: along the other axes no larger than the view. */
const picks = anyView(fc.integer({ min: 1, max: 3 }))
  .filter(({ shape }) => shape.length > 0)
  .chain((x) =>
    fc.nat({ max: x.shape.length - 1 }).chain((axis) =>
      fc
        .tuple(...x.shape.map((extent, k) => fc.integer({ min: 0, max: k === axis ? 4 : extent })))
        .chain((shape) => {
          const size = sizeOf(shape);
          const positions = fc.array(fc.nat({ max: x.shape[axis] - 1 }), {
            minLength: size,
            maxLength: size,
          });
          // As often as not an index of whole slices, which is read with strides of 0 behind the axis.
          return fc.tuple(positions, fc.boolean()).map(([values, whole]) => {
            const index = dense(Int32Array.from(values), shape);
            const strides = index.strides.map((stride, k) => (whole && k > axis ? 0 : stride));
            return { x, axis, shape, index: { ...index, strides } };
          });
        }),
    ),
  );

/** Where in the view each element of the index points, as a position in row-major order. */
function targets(
  shape: readonly number[],
  axis: number,
  extents: readonly number[],
  index: ArrayLike<number>,
): number[] {
  return Array.from(index, (pick, at) => {
    const coordinates = new Array<number>(shape.length);
    let rest = at;
    for (let k = shape.length - 1; k >= 0; k--) {
      coordinates[k] = rest % shape[k];
      rest = Math.floor(rest / shape[k]);
    }
    coordinates[axis] = pick;
    return coordinates.reduce((position, coordinate, k) => position * extents[k] + coordinate, 0);
  });
}

describe("gathering", () => {
  it("agrees with a loop over elements", () => {
    fc.assert(
      fc.property(picks, ({ x, axis, shape, index }) => {
        const out = new Float64Array(sizeOf(shape));
        gatherAlong(x, axis, index, out);
        const elements = elementsOf(x);
        expect(Array.from(out)).toEqual(
          targets(shape, axis, x.shape, elementsOf(index)).map((at) => elements[at]),
        );
      }),
    );
  });
});

describe("scatter-adding", () => {
  it("agrees with a loop over elements, where several go to one place too", () => {
    fc.assert(
      fc.property(picks, ({ x, axis, shape, index }) => {
        const source = dense(
          Float64Array.from({ length: sizeOf(shape) }, (_, k) => k + 1),
          shape,
        );
        const out = new Float64Array(sizeOf(x.shape));
        scatterAddAlong(dense(out, x.shape), axis, index, source);
        const expected = new Array<number>(out.length).fill(0);
        targets(shape, axis, x.shape, elementsOf(index)).forEach((at, k) => {
          expected[at] += k + 1;
        });
        expect(Array.from(out)).toEqual(expected);
      }),
    );
  });

  it("is the adjoint of gathering", () => {
    fc.assert(
      fc.property(picks, ({ x, axis, shape, index }) => {
        const gathered = new Float64Array(sizeOf(shape));
        gatherAlong(x, axis, index, gathered);
        const cotangent = Float64Array.from(gathered, (_, k) => ((k * 5) % 7) - 3);
        const scattered = new Float64Array(sizeOf(x.shape));
        scatterAddAlong(dense(scattered, x.shape), axis, index, dense(cotangent, shape));
        const left = gathered.reduce((total, value, k) => total + value * cotangent[k], 0);
        const right = elementsOf(x).reduce((total, value, k) => total + value * scattered[k], 0);
        expect(left).toBe(right);
      }),
    );
  });
});

describe("scattering", () => {
  const valuesFor = (shape: readonly number[]): Float64Array =>
    Float64Array.from({ length: sizeOf(shape) }, (_, k) => ((k * 5) % 7) - 3);

  it("leaves the last of what goes to one place", () => {
    fc.assert(
      fc.property(picks, ({ x, axis, shape, index }) => {
        const [out, values] = [new Float64Array(sizeOf(x.shape)), valuesFor(shape)];
        scatterAlong(dense(out, x.shape), axis, index, dense(values, shape));
        const expected = new Array<number>(out.length).fill(0);
        targets(shape, axis, x.shape, elementsOf(index)).forEach((at, k) => {
          expected[at] = values[k];
        });
        expect(Array.from(out)).toEqual(expected);
      }),
    );
  });

  it("keeps the largest or the smallest", () => {
    fc.assert(
      fc.property(picks, fc.constantFrom(1 as const, -1 as const), ({ x, axis, shape, index }, sign) => {
        const [out, values] = [new Float64Array(sizeOf(x.shape)), valuesFor(shape)];
        scatterExtremumAlong(dense(out, x.shape), axis, index, dense(values, shape), sign);
        const expected = new Array<number>(out.length).fill(0);
        targets(shape, axis, x.shape, elementsOf(index)).forEach((at, k) => {
          expected[at] = sign * Math.max(sign * expected[at], sign * values[k]);
        });
        const positive = (value: number): number => value + 0; // no -0
        expect(Array.from(out, positive)).toEqual(expected.map(positive));
      }),
    );
  });

  it("chains what goes to one place, in order", () => {
    fc.assert(
      fc.property(picks, ({ x, axis, shape, index }) => {
        const { next, first } = chainAlong(x.shape, axis, index);
        const expected = targets(shape, axis, x.shape, elementsOf(index));
        first.forEach((start, place) => {
          const chain: number[] = [];
          for (let at = start; at < next.length; at = next[at]) chain.push(at);
          expect(chain).toEqual(expected.flatMap((target, k) => (target === place ? [k] : [])));
        });
      }),
    );
  });
});
