import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { families, operationsOf, operationsPage } from "../../scripts/operations.ts";

it("is the page that the comments in the source make: run pnpm operations", () => {
  expect(readFileSync("docs/operations.md", "utf8")).toBe(operationsPage());
});

describe.each(families.map(([title, index, from]) => ({ title, index, from })))(
  "$title",
  ({ index, from }) => {
    const operations = operationsOf(index, from);
    // What is ours alone has no source elsewhere.
    const own = ["alias", "defineElementwise", "sech", "slice", "range", "standardize"];

    it("says of each operation what it does and where it comes from", () => {
      expect(operations.length).toBeGreaterThan(10);
      expect(operations.filter(({ text }) => text.length < 3).map(({ name }) => name)).toEqual([]);
      const unsourced = operations.filter(({ sources }) => sources.length === 0).map(({ name }) => name);
      expect(unsourced.filter((name) => !own.includes(name))).toEqual([]);
    });

    it("shows of most what they give", () => {
      const shown = operations.filter(({ example }) => example !== undefined);
      expect(shown.length).toBeGreaterThan(0.6 * operations.length);
    });
  },
);
