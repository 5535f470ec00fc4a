import { ones, parameter, relu, tensor } from "@isograd/autograd";
import { Linear, Residual } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("Residual", () => {
  it("adds what the inner layer makes, scaled, and can learn the scale", () => {
    const x = tensor([[1, 2]]);
    expect(new Residual({ inner: (value) => value }).call(x).toArray()).toEqual([[2, 4]]);
    const scale = parameter(tensor(0));
    const layer = new Residual({ inner: relu, scale });
    expect(layer.call(x).toArray()).toEqual([[1, 2]]);
    expect(layer.namedParameters()).toEqual([{ path: "scale", tensor: scale }]);
  });

  it("does not broadcast", () => {
    const layer = new Residual({ inner: new Linear({ inFeatures: 2, outFeatures: 1 }) });
    expect(() => layer.call(ones([3, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: residual: expected a shortcut of the shape of what is added (projection makes it so), got [3, 2] and [3, 1]]`,
    );
    expect(() => new Residual({ inner: null as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Residual: expected a module or a function of a tensor, got null]`,
    );
  });
});
