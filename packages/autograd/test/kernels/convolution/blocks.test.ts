import fc from "fast-check";
import { expect, it } from "vitest";
import { blocksOf } from "../../../src/kernels/convolution/blocks.ts";

it("has every window of every image in one block, and no block too large that could be cut", () => {
  const numbers = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(numbers, numbers, numbers, fc.integer({ min: 1, max: 60 }), (batch, rows, length, most) => {
      const blocks = blocksOf(
        batch,
        { outers: new Int32Array(1), inners: new Int32Array(rows), length, step: 1 },
        most,
      );
      const seen = blocks.flatMap(({ firstImage, firstWindow, columns }) =>
        Array.from({ length: columns }, (_, k) => firstImage * rows * length + firstWindow + k),
      );
      expect(seen).toEqual(Array.from({ length: batch * rows * length }, (_, k) => k));
      for (const { images, columns, part } of blocks) {
        expect(columns).toBe(part.count * part.length);
        expect(columns).toBeLessThanOrEqual(most);
        if (images > 1) expect(columns).toBe(images * rows * length);
      }
    }),
  );
});

it("has none where there is nothing", () => {
  const runs = { outers: new Int32Array(1), inners: new Int32Array(2), length: 3, step: 1 };
  expect(blocksOf(0, runs, 10)).toEqual([]);
  expect(blocksOf(2, { ...runs, length: 0 }, 10)).toEqual([]);
});
