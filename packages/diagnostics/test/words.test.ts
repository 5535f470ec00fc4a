import { expect, it } from "vitest";
import { listPlaces, short, shortP } from "../src/words.ts";

it.each([
  [0, "0"],
  [3, "3"],
  [0.04479, "0.0448"],
  [-12.345, "-12.3"],
  [99999, "100000"],
  [123456, "1.2e+5"],
  [1.234e-17, "1.2e-17"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [Number.NaN, "NaN"],
])("a number in at most three digits: %f", (value, text) => {
  expect(short(value)).toBe(text);
});

it.each([
  [0.0123, "p = 0.0123"],
  [4.2e-8, "p = 4e-8"],
  [1e-305, "p < 1e-300"],
  [0, "p < 1e-300"],
])("a p-value by its size: %f", (value, text) => {
  expect(shortP(value)).toBe(text);
});

it("places: all of a few, the ends of many", () => {
  expect(listPlaces([])).toBe("");
  expect(listPlaces(["a", "b", "c"])).toBe("a, b, c");
  expect(listPlaces(["a", "b", "c", "d"])).toBe("a … d (4 layers)");
});
