import { constant, ones, zeros } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw } from "./draws.ts";

describe("constants", () => {
  it("fill any shape", () => {
    expect(draw(zeros, { shape: [2] }).toArray()).toEqual([0, 0]);
    expect(draw(ones, { shape: [] }).toArray()).toBe(1);
    expect(draw(constant(0.5), { shape: [1, 2] }).toArray()).toEqual([[0.5, 0.5]]);
  });
});
