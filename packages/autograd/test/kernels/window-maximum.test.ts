import { expect, it } from "vitest";
import { dense } from "../../src/kernels/strided.ts";
import { windowArgMaximum } from "../../src/kernels/window-maximum.ts";

const pairs = { firsts: [0, 2], ends: [2, 4], step: 1 };

it("finds the first of equals, and the NaN", () => {
  const x = dense(Float32Array.of(1, 1, Number.NaN, 5), [4]);
  expect([...windowArgMaximum(x, [pairs])]).toEqual([0, 2]);
});

it("counts positions within the axes that windows slide along", () => {
  const x = dense(
    Float64Array.from({ length: 16 }, (_, k) => (k * 7) % 16),
    [2, 2, 4],
  );
  // Rows: 0 7 14 5 / 12 3 10 1, then 8 15 6 13 / 4 11 2 9.
  expect([...windowArgMaximum(x, [{ firsts: [0], ends: [2], step: 1 }, pairs])]).toEqual([4, 2, 1, 3]);
});

it("steps over elements between", () => {
  const x = dense(Float64Array.of(1, 9, 2), [3]);
  expect([...windowArgMaximum(x, [{ firsts: [0], ends: [3], step: 2 }])]).toEqual([2]);
});
