import fc from "fast-check";
import { expect, it } from "vitest";

it.fails("fails a test that prints", () => {
  console.warn("printed on purpose");
});

it("gives fast-check a seed", () => {
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env.FC_SEED ?? 20));
});
