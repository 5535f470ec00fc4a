import { describe, expect, it } from "vitest";
import type { FlowProfile } from "../../../src/flow/profile.ts";
import type { Examined } from "../../../src/lint/layers.ts";
import { lintResidual } from "../../../src/lint/rules/residual.ts";

/** Behind shortcuts that each put so much on log |gradient|², with an operation beside each that does not count. */
function found(logs: readonly number[], traced = 1001) {
  const steps = logs.map((log) => ({
    between: [
      { kind: "residual", log },
      { kind: "operation", log: 9 },
    ],
  }));
  const layers = [{ residual: true, place: "block" }, { residual: false }] as Examined[];
  return lintResidual(layers, { steps } as unknown as FlowProfile, traced);
}

describe("shortcuts that are too strong", () => {
  it("are those that make half of a factor of more than 10³", () => {
    // Half of 2 log 1001 is 6.909.
    expect([found([6.91]), found([6.9]), found([6.91], 999)].map(({ length }) => length)).toEqual([1, 0, 0]);
    expect(found([6.91], 1100)).toEqual([]);
    expect(found([], Number.NaN)).toEqual([]);
  });

  it("are told with what each does", () => {
    const [{ places, measured, causes }] = found(new Array(16).fill(0.5));
    expect(places).toEqual(["block"]);
    expect(measured.value).toBeCloseTo(Math.exp(4), 10);
    expect(causes[0].logShare).toBe(0.5);
    expect(causes[0].explanation).toMatchInlineSnapshot(
      `"each of 16 shortcuts multiplies |gradient|² by 1.65: scale the branches by 0.25, begin their last layers with zeros, or normalise at their head"`,
    );
  });
});
