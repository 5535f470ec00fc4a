import { describe, expect, it } from "vitest";
import { parameter, tensor } from "../src/fluent.ts";

describe("fluent", () => {
  it("chains operations and differentiates", () => {
    const w = parameter([
      [1, -1],
      [2, 0.5],
    ]);
    const loss = tensor([[1, 2]])
      .matmul(w)
      .add(1)
      .relu()
      .square()
      .sum();
    loss.backward();
    expect(loss.item()).toBe(37);
    expect(w.grad?.toArray()).toEqual([
      [12, 2],
      [24, 4],
    ]);
  });
});
