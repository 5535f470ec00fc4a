import {
  backward,
  detectAnomaly,
  exp,
  NonFiniteError,
  sqrt,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { Linear, Sequential } from "../src/index.ts";

/** One unit that multiplies by `weight`. */
function linear(weight: number): Linear {
  const layer = new Linear({ inFeatures: 1, outFeatures: 1, bias: false });
  layer.weight.assign(tensor([[weight]]));
  return layer;
}

function originOf(f: () => unknown): NonNullable<NonFiniteError["origin"]> {
  try {
    detectAnomaly(f);
  } catch (error) {
    if (error instanceof NonFiniteError && error.origin !== undefined) return error.origin;
    throw error;
  }
  throw new Error("nothing was found");
}

describe("anomaly mode below layers", () => {
  it("names the layer of an overflow by its path, and the line in the user's activation", () => {
    const growing = (x: Tensor): Tensor => exp(x);
    const model = new Sequential([linear(1), growing, linear(3), growing, linear(3), growing]);
    const origin = originOf(() => model.call(tensor([[0.2]])));
    expect(origin).toMatchObject({ operation: "exp", direction: "forward", scope: "layers.5" });
    expect(origin.site).toMatch(/^growing \(.*anomaly\.test\.ts/);
  });

  it("names the line that called the model where all below is the library's", () => {
    const model = new Sequential([linear(3e20), linear(3e20)]);
    const step = (): Tensor => model.call(tensor([[2]]));
    const origin = originOf(step);
    expect(origin).toMatchObject({ operation: "linear", scope: "layers.1" });
    expect(origin.site).toMatch(/^step \(.*anomaly\.test\.ts/);
  });

  it("names layer and line of a slope that is infinite", () => {
    const rooted = (x: Tensor): Tensor => sqrt(x);
    const model = new Sequential([linear(1), rooted, linear(1), rooted]);
    const origin = originOf(() => backward(sum(model.call(tensor([[0]])))));
    expect(origin).toMatchObject({ operation: "sqrt", direction: "backward", scope: "layers.3" });
    expect(origin.site).toMatch(/^rooted \(.*anomaly\.test\.ts/);
  });
});
