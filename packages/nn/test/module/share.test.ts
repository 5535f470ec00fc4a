import { backward, Generator, mapTree, randn, sum, type Tensor, tensor } from "@isograd/autograd";
import { initialize, Linear, Module, share, weightNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";

class Twins extends Module {
  readonly first = new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
  readonly second = new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
  constructor() {
    super();
    share(this.first, "weight", this.second);
  }
  forward(x: Tensor): Tensor {
    return this.second.call(this.first.call(x));
  }
}

describe("share", () => {
  it("makes two tensors one, which learns from both places", () => {
    const twins = new Twins();
    expect(twins.namedParameters().map(({ path }) => path)).toEqual([
      "first.weight",
      "first.bias",
      "second.bias",
    ]);
    const x = randn(new Generator(1), [1, 3], "f64");
    backward(sum(twins.call(x)));
    const both = twins.first.weight.grad?.toArray();
    const apart = twins.clone();
    (apart.second as { weight: Tensor }).weight = tensor(twins.first.weight.toArray(), { dtype: "f64" });
    backward(sum(apart.call(x)));
    expect(apart.first.weight.grad?.toArray()).not.toEqual(both);
  });

  it("stays so in copies, mapped trees and when the model begins anew", () => {
    const twins = new Twins();
    const copy = twins.clone();
    expect(copy.first.weight).toBe(copy.second.weight);
    expect(copy.first.weight).not.toBe(twins.first.weight);
    const mapped = mapTree(twins, (each) => each.detach());
    expect(mapped.first.weight).toBe(mapped.second.weight);
    initialize(twins, { seed: 1 });
    const plain = new Linear({ inFeatures: 3, outFeatures: 3, dtype: "f64" });
    class Alone extends Module {
      readonly first = plain;
      forward = (x: Tensor): Tensor => this.first.call(x);
    }
    initialize(new Alone(), { seed: 1 });
    expect(twins.second.weight.toArray()).toEqual(plain.weight.toArray());
  });

  it("takes another name, and refuses what does not fit", () => {
    const [a, b] = [
      new Linear({ inFeatures: 2, outFeatures: 2 }),
      new Linear({ inFeatures: 3, outFeatures: 2 }),
    ];
    share(a, "bias", b, "bias");
    expect(b.bias).toBe(a.bias);
    expect(() => share(a, "weight", b)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: share: expected the shape and element type of what is replaced, f32 and f32, got [2, 2] and [2, 3]]`,
    );
    expect(() => share(a, "weights", b)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: share: expected the name of a tensor that the module holds itself, got "weights"]`,
    );
    expect(() => share(weightNorm(a), "weight", b)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: share: expected the name of a tensor that the module holds itself, got "weight"]`,
    );
  });
});
