import { diagnose } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { faultyFamilies, healthyFamilies } from "./networks/families.ts";
import type { Family } from "./networks/family.ts";

// A population of each family. zoo/count.ts counts on larger ones and other seeds.

function verdictsOf({ make }: Family, count: number): string[] {
  return Array.from({ length: count }, (_, k) => {
    const { model, batch, loss } = make(`law ${k}`);
    return diagnose(model, batch, loss, { seed: k }).verdict;
  });
}

describe("healthy networks are left in peace", () => {
  it.each(healthyFamilies)("$name", (family) => {
    expect(verdictsOf(family, 8)).toEqual(new Array(8).fill("healthy"));
  });
});

describe("faulty ones are found", () => {
  it.each(faultyFamilies)("$name: $fault", (family) => {
    for (const verdict of verdictsOf(family, 4)) expect(verdict).toContain(family.fault);
  });
});
