import fc from "fast-check";
import { expect, it } from "vitest";
import { searchRows } from "../../src/kernels/search.ts";
import { dense } from "../../src/kernels/strided.ts";

const number = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(Number.NaN));
const ascending = fc.array(number, { maxLength: 9 }).map((row) => Float64Array.from(row).sort()); // a typed array's own sort puts NaN last

it("counts the elements before a value, and with `right` those equal to it", () => {
  fc.assert(
    fc.property(ascending, fc.array(number, { maxLength: 6 }), fc.boolean(), (row, values, right) => {
      const place = (value: number): number => {
        const after = (element: number): boolean => {
          if (Number.isNaN(element)) return !Number.isNaN(value) || !right;
          return !Number.isNaN(value) && (right ? element > value : element >= value);
        };
        const found = row.findIndex(after);
        return found < 0 ? row.length : found;
      };
      const counts = searchRows(
        dense(row, [row.length]),
        dense(Float64Array.from(values), [values.length]),
        [values.length],
        right,
      );
      expect(Array.from(counts)).toEqual(values.map(place));
    }),
  );
});

it("searches each row for its own values", () => {
  const rows = dense(Float64Array.of(0, 1, 2, 10, 20, 30), [2, 3]);
  const values = dense(Float64Array.of(1.5, 15), [2]);
  expect(Array.from(searchRows(rows, values, [2, 2], false))).toEqual([2, 3, 0, 1]);
});
