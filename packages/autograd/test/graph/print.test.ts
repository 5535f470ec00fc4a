import { describe, expect, it } from "vitest";
import { add, backward, parameter, printGraph, square, sum, tensor, withScope } from "../../src/index.ts";
import { halves } from "./halves.ts";

describe("printGraph", () => {
  it("shows a line a node", () => {
    const x = parameter([1, 2, 3], { dtype: "f64" });
    const loss = withScope("loss", () => sum(square(add(x, tensor([1])))));
    expect(printGraph(loss)).toMatchInlineSnapshot(`
      "0  leaf f64[3]
      1  add(0, ·) f64[3] in loss
      2  square(1) f64[3] in loss
      3  sum(2) f64[] in loss"
    `);
  });

  it("names outputs where an operation has several, and several tensors at once", () => {
    const [low, high] = halves(parameter([1, 2, 3, 4]));
    expect(printGraph([square(high), add(low, high)])).toMatchInlineSnapshot(`
      "0  leaf f32[4]
      1  halves(0) f32[2], f32[2]
      2  square(1.1) f32[2]
      3  add(1.0, 1.1) f32[2]"
    `);
  });

  it("shows nothing for a constant, and says what was freed", () => {
    expect(printGraph(tensor([1]))).toBe("");
    const loss = sum(square(parameter([1])));
    backward(loss);
    expect(printGraph(loss)).toMatchInlineSnapshot(`"0  sum(freed) f32[]"`);
  });
});
