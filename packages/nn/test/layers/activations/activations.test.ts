import {
  activations,
  defineActivation,
  Generator,
  mul,
  ones,
  randn,
  type relu,
  square,
  tensor,
} from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("activations as layers", () => {
  it("stand for every built-in activation without learnt numbers, under its name", () => {
    const lower = (name: string): string => name.toLowerCase();
    const classes = new Map(Object.entries(nn).map(([name, value]) => [lower(name), value as unknown]));
    const learning = new Set(["prelu", "swish"]);
    const x = randn(new Generator(1), [20], "f64");
    for (const [name, activation] of Object.entries(activations)) {
      if (learning.has(name)) continue;
      const layer =
        name === "geluTanh"
          ? new nn.GELU({ approximate: "tanh" })
          : new (classes.get(lower(name)) as nn.ActivationClass)();
      expect(layer.call(x).toArray()).toEqual((activation as typeof relu)(x).toArray());
      expect(layer.activation).toBe(activation);
    }
  });

  it("take the numbers of their activation, and no others", () => {
    expect(new nn.LeakyReLU({ negativeSlope: 0.5 }).call(tensor([-2, 2])).toArray()).toEqual([-1, 2]);
    expect(new nn.Hardtanh({ maximum: 3 }).call(tensor([-2, 2, 5])).toArray()).toEqual([-1, 2, 3]);
    expect(new nn.Threshold({ threshold: 1, value: 7 }).call(tensor([1, 2])).toArray()).toEqual([7, 2]);
    expect(() => new nn.ELU({ slope: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ELU: expected numbers as alpha, got ["slope", 1]]`,
    );
    expect(() => new nn.ReLU({ alpha: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: ReLU: expected no options, got ["alpha", 1]]`,
    );
    expect(() => new nn.GELU({ approximate: "erf" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: GELU: expected approximate to be "none" or "tanh", got "erf"]`,
    );
    expect(() => new nn.Softmax2d().call(ones([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: Softmax2d: expected [batch, channels, height, width], or the same without batch, got [2, 3]]`,
    );
  });

  it("bear their names", () => {
    const layer = new nn.SiLU();
    expect(layer.constructor.name).toBe("SiLU");
    expect(layer).toBeInstanceOf(nn.ActivationLayer);
    expect(new nn.GLU().constructor.name).toBe("GLU");
  });

  it("are made of activations of one's own", () => {
    const scaled = defineActivation({
      name: "scaled",
      options: { scale: 2 },
      f: (x, { scale }) => mul(scale, square(x)),
    });
    const Scaled = nn.activationClass("Scaled", scaled);
    expect(new Scaled().call(tensor([3])).toArray()).toEqual([18]);
    expect(new Scaled({ scale: 10 }).call(tensor([3])).toArray()).toEqual([90]);
  });

  it("draw slopes in training, take their mean in evaluation", () => {
    const layer = new nn.RReLU({ lower: 0.2, upper: 0.4, generator: new Generator(1) });
    const slopes = [...layer.call(mul(ones([1000], "f64"), -1)).values()].map((value) => -value);
    expect(Math.min(...slopes)).toBeGreaterThanOrEqual(0.2);
    expect(Math.max(...slopes)).toBeLessThan(0.4);
    expect(new Set(slopes).size).toBe(1000);
    expect(
      layer
        .eval()
        .call(tensor([-1, 2], { dtype: "f64" }))
        .toArray(),
    ).toEqual([expect.closeTo(-0.3, 15), 2]);
    expect(() => new nn.RReLU({ lower: 1, upper: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: RReLU: expected a lower bound not above the upper, got [1, 0]]`,
    );
  });
});
