import { fromData, slice, type Tensor, transpose } from "@isograd/autograd";
import fc from "fast-check";
import { expect, it } from "vitest";
import { copyGradient } from "../../src/optimizers/gradient-copy.ts";

const counting = (rows: number, columns: number): Tensor =>
  fromData(
    Float32Array.from({ length: rows * columns }, (_, k) => k),
    [rows, columns],
  );

it("copies every layout row by row, into an array of its own", () => {
  const extent = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(
      extent,
      extent,
      fc.constantFrom("plain", "transposed", "slice", "slice of transposed"),
      (rows, columns, layout) => {
        const turned = layout.endsWith("transposed")
          ? transpose(counting(columns, rows))
          : counting(rows, columns);
        const gradient = layout.startsWith("slice")
          ? slice(turned, 1, { start: Math.floor(columns / 2) })
          : turned;
        const copy = copyGradient(gradient);
        expect([...copy]).toEqual((gradient.toArray() as number[][]).flat());
        expect(copy.buffer).not.toBe(gradient.data.buffer);
      },
    ),
  );
});

it("copies any rank and element type", () => {
  expect(copyGradient(fromData(Float64Array.of(3), []))).toEqual(Float64Array.of(3));
  const images = fromData(
    Float64Array.from({ length: 24 }, (_, k) => k),
    [2, 3, 4],
  );
  expect([...copyGradient(transpose(images))]).toEqual((transpose(images).toArray() as number[][][]).flat(2));
});
