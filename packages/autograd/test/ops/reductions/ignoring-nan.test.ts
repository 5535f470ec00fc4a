import { expect, it } from "vitest";
import { nanmean, nansum, tensor } from "../../../src/index.ts";
import { gradientOf } from "./gradient-of.ts";

const { NaN: nan } = Number;

it("leaves NaN out of sums and means, and gives it no gradient: PyTorch's", () => {
  expect([nansum(tensor([1, nan, 3])).item(), nanmean(tensor([1, nan, 3])).item()]).toEqual([4, 2]);
  expect(gradientOf((x) => nansum(x), [1, nan, 3])).toEqual([1, 0, 1]);
  expect(gradientOf((x) => nanmean(x), [1, nan, 3])).toEqual([0.5, 0, 0.5]);
  expect([nansum(tensor([nan])).item(), nanmean(tensor([nan])).item()]).toEqual([0, nan]);
});

it("counts row by row", () => {
  const rows = tensor([
    [1, nan],
    [2, 4],
  ]);
  expect(nanmean(rows, { axis: 1, keepDims: true }).toArray()).toEqual([[1], [3]]);
  expect(nansum(rows, { axis: 0 }).toArray()).toEqual([3, 4]);
  expect(nanmean(tensor([1, 2], { dtype: "i32" })).item()).toBe(1.5);
});
