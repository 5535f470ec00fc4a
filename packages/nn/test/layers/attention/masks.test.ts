import { causalMask, paddingMask } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("masks", () => {
  it("hide what comes later", () => {
    expect(causalMask(3).dtype).toBe("bool");
    expect([...causalMask(3).values()]).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 0]);
    expect([...causalMask(2, 3).values()]).toEqual([0, 1, 1, 0, 0, 1]);
  });

  it("hide what stands behind the ends of sequences", () => {
    expect([...paddingMask([1, 3, 0]).values()]).toEqual([0, 1, 1, 0, 0, 0, 1, 1, 1]);
    expect(paddingMask([1], 2).shape).toEqual([1, 2]);
    expect(paddingMask([]).shape).toEqual([0, 0]);
  });
});
