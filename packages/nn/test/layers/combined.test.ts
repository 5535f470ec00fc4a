import { add, Generator, ones, randn, relu, type Tensor, tensor } from "@isograd/autograd";
import { ChannelShuffle, Highway, Lambda, Linear, Maxout, Parallel } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("Maxout", () => {
  it("is the absolute value where its pieces are x and -x", () => {
    const layer = new Maxout({ inFeatures: 1, outFeatures: 1, dtype: "f64" });
    layer.weight.assign(tensor([[1], [-1]], { dtype: "f64" }));
    layer.bias?.assign(tensor([0, 0], { dtype: "f64" }));
    expect(layer.call(tensor([[-3], [0], [2]], { dtype: "f64" })).toArray()).toEqual([[3], [0], [2]]);
  });

  it("takes the largest of the pieces of each output", () => {
    const layer = new Maxout({ inFeatures: 3, outFeatures: 2, pieces: 2, dtype: "f64" });
    const plain = new Linear({ inFeatures: 3, outFeatures: 4, dtype: "f64" });
    plain.weight.assign(layer.weight.detach());
    plain.bias?.assign((layer.bias ?? layer.weight).detach());
    const x = randn(new Generator(1), [3], "f64");
    const [a, b, c, d] = plain.call(x).toArray() as number[];
    expect(layer.call(x).toArray()).toEqual([Math.max(a, b), Math.max(c, d)]);
  });
});

describe("Highway", () => {
  it("lets x pass where the gate is shut, replaces it where it is open", () => {
    const x = randn(new Generator(1), [4, 3], "f64");
    const shut = new Highway({ features: 3, gateBias: -100, dtype: "f64" });
    expect(shut.call(x).toArray()).toEqual(x.toArray());
    const open = new Highway({ features: 3, gateBias: 100, dtype: "f64" });
    const [found, expected] = [open.call(x), relu(open.transform.call(x))];
    const far = Math.max(...[...found.values()].map((value, k) => Math.abs(value - expected.values()[k])));
    expect(far).toBeLessThan(1e-14);
  });
});

describe("Parallel", () => {
  it("puts results side by side, or adds them up", () => {
    const double = (x: Tensor) => add(x, x);
    const y = tensor([[1, 2]]);
    expect(new Parallel({ branches: [double, relu] }).call(y).toArray()).toEqual([[2, 4, 1, 2]]);
    expect(new Parallel({ branches: [double, relu], axis: 0 }).call(y).shape).toEqual([2, 2]);
    expect(new Parallel({ branches: [double, relu, relu], join: "sum" }).call(y).toArray()).toEqual([[4, 8]]);
  });

  it("says what does not fit", () => {
    const one = new Linear({ inFeatures: 2, outFeatures: 1 });
    expect(() => new Parallel({ branches: [] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Parallel: expected one branch or more, got []]`,
    );
    expect(() => new Parallel({ branches: [one], join: "max" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Parallel: expected join to be "concat" or "sum", got "max"]`,
    );
    expect(() =>
      new Parallel({ branches: [one, relu], join: "sum" }).call(ones([3, 2])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Parallel: expected results of one shape to add up, got [3, 1] and [3, 2]]`,
    );
  });
});

describe("small layers", () => {
  it("Lambda is its function", () => {
    const sumOf = new Lambda((x: Tensor, y: Tensor) => add(x, y));
    const one = tensor([1]);
    expect(sumOf.call(one, one).toArray()).toEqual([2]);
    expect(() => new Lambda(3 as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Lambda: expected a function, got 3]`,
    );
  });

  it("ChannelShuffle deals the channels of groups in turn", () => {
    const layer = new ChannelShuffle({ groups: 2 });
    expect(layer.call(tensor([[1, 2, 3, 4, 5, 6]])).toArray()).toEqual([[1, 4, 2, 5, 3, 6]]);
    expect(() => layer.call(ones([1, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: ChannelShuffle: expected [batch, channels, ...], channels a multiple of 2, got [1, 3]]`,
    );
  });
});
